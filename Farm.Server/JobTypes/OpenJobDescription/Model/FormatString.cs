using System.Text;
using System.Text.RegularExpressions;

namespace Farm.Server.JobTypes.OpenJobDescription.Model;

/// <summary>A string with references to values, such as <c>shot-{{Param.Shot}}</c> (Open Job Description 2023-09, section 7.3).</summary>
internal sealed partial class FormatString
{
    private readonly IReadOnlyList<(string Text, bool IsReference)> _parts;

    private FormatString(string text, IReadOnlyList<(string Text, bool IsReference)> parts) => (Text, _parts) = (text, parts);

    /// <summary>The string as written in the template.</summary>
    public string Text { get; }

    /// <summary>The names of the referenced values.</summary>
    public IEnumerable<string> References => _parts.Where(part => part.IsReference).Select(part => part.Text);

    /// <summary>Whether the string contains no references.</summary>
    public bool IsLiteral => !References.Any();

    /// <summary>Parses a format string.</summary>
    /// <exception cref="FormatException">Braces are not closed or do not contain a name.</exception>
    public static FormatString Parse(string text)
    {
        List<(string, bool)> parts = [];
        var at = 0;
        while (text.IndexOf("{{", at, StringComparison.Ordinal) is >= 0 and var open)
        {
            var close = text.IndexOf("}}", open + 2, StringComparison.Ordinal);
            if (close < 0) throw new FormatException($"\"{Shown(text[open..])}\" opens with {{{{ and is not closed with }}}}");
            var name = text[(open + 2)..close].Trim();
            if (!NamePattern().IsMatch(name))
                throw new FormatException($"\"{Shown(text[open..(close + 2)])}\" must hold the name of a value, such as Param.Name");
            if (open > at) parts.Add((text[at..open], false));
            parts.Add((name, true));
            at = close + 2;
        }

        if (at < text.Length) parts.Add((text[at..], false));
        return new FormatString(text, parts);
    }

    /// <summary>The number of characters that <see cref="Resolve"/> makes.</summary>
    public long LengthOf(Func<string, string?> value) =>
        _parts.Sum(part => (long)(!part.IsReference ? part.Text.Length : value(part.Text)?.Length ?? part.Text.Length + 4));

    /// <summary>Fills in the values. A reference without a value (null) stays as <c>{{name}}</c>.</summary>
    /// <exception cref="JobCompilationException">The text would be too long.</exception>
    public string Resolve(Func<string, string?> value)
    {
        if (_parts is [(var only, false)]) return only;
        JobLimits.CheckCommandLength(LengthOf(value));
        var resolved = new StringBuilder();
        foreach (var (text, isReference) in _parts)
        {
            if (!isReference) resolved.Append(text);
            else if (value(text) is { } found) resolved.Append(found);
            else resolved.Append("{{").Append(text).Append("}}");
        }

        return resolved.ToString();
    }

    private static string Shown(string text) => text.Length > 60 ? text[..60] + "…" : text;

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*\z")]
    private static partial Regex NamePattern();
}
