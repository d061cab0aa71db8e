using System.Text.RegularExpressions;
using Farm.Server.Domain;

namespace Farm.Server.JobTypes.FlowServ.Templates;

/// <summary>
/// A parameter reference that makes up a whole string: <c>$[[name]]</c>, or <c>$[[flag ? a : b]]</c> to choose between two
/// strings (Contracts/FlowServ/Contract.md section 6.3).
/// </summary>
/// <param name="Name">The parameter.</param>
/// <param name="IsChoice">Whether its value chooses between two strings.</param>
/// <param name="Then">The result if the value is true.</param>
/// <param name="Else">The result otherwise; null for no value.</param>
internal sealed partial record Placeholder(string Name, bool IsChoice, string? Then, string? Else)
{
    /// <summary>Parses a string; returns null if it is not a placeholder.</summary>
    /// <exception cref="FarmException">The placeholder has no name.</exception>
    public static Placeholder? Parse(string text)
    {
        var match = Whole().Match(text);
        if (!match.Success) return null;
        var inner = match.Groups[1].Value;
        var question = inner.IndexOf('?');
        if (question < 0) return new Placeholder(Named(inner, text), false, null, null);
        var colon = inner.IndexOf(':', question);
        var then = colon < 0 ? inner[(question + 1)..] : inner[(question + 1)..colon];
        return new Placeholder(Named(inner[..question], text), true, then.Trim(), colon < 0 ? null : inner[(colon + 1)..].Trim());
    }

    private static string Named(string name, string text) =>
        name.Trim() is { Length: > 0 } trimmed ? trimmed : throw FarmException.Invalid($"the placeholder '{text}' names no parameter");

    [GeneratedRegex(@"^\$\[\[(.*)\]\]$", RegexOptions.Singleline)]
    private static partial Regex Whole();
}
