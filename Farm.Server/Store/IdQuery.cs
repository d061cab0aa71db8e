using System.Text.RegularExpressions;

namespace Farm.Server.Store;

/// <summary>
/// A query with conditions on ids, written as <c>IN ids($1)</c>. It has a form for one id and one for many, because SQLite makes a table for a list,
/// which takes longer than most queries.
/// </summary>
internal sealed partial class IdQuery
{
    private readonly string _one;
    private readonly string _many;

    /// <summary>Creates the query.</summary>
    public IdQuery(string text)
    {
        // Interned: SQLite's session finds the statement of such a text without comparing it.
        _one = string.Intern(Condition().Replace(text, "= $1"));
        _many = string.Intern(Condition().Replace(text, "IN (SELECT value FROM json_each($1))"));
    }

    /// <summary>The text for some ids, which <see cref="IdSet.Value"/> passes.</summary>
    public string For(IdSet ids) => ids.IsOne ? _one : _many;

    [GeneratedRegex(@"IN ids\((\$\d+)\)")]
    private static partial Regex Condition();
}
