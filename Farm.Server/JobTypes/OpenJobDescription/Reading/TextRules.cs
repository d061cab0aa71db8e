using System.Globalization;
using System.Text.RegularExpressions;

namespace Farm.Server.JobTypes.OpenJobDescription.Reading;

/// <summary>The specification's rules for strings (sections 2.5 to 2.8, 4.4, 6.1.1 and 7). Each rule returns the problem or null.</summary>
internal static partial class TextRules
{
    /// <summary>Maximum length of identifiers, labels and the names of steps, environments and files.</summary>
    public const int MostOfName = 64;

    /// <summary>Maximum length of a job name.</summary>
    public const int MostOfJobName = 128;

    /// <summary>Maximum length of a value.</summary>
    public const int MostOfValue = 1024;

    private const int MostOfDescription = 2048;
    private const int MostOfVariableName = 256;
    private const int MostOfFilter = 20;

    /// <summary>The length in Unicode code points; a surrogate pair counts once.</summary>
    public static int Length(string text) => text.EnumerateRunes().Count();

    /// <summary>Section 7.1.</summary>
    public static string? Identifier(string text) =>
        Between(text, 1, MostOfName) ?? (IdentifierPattern().IsMatch(text)
            ? null
            : "must have only Latin letters, digits and underscores, and not begin with a digit");

    /// <summary>Names of steps, environments and labels: sections 3.1, 4.1 and 2.6.</summary>
    public static string? Name(string text) => Between(text, 1, MostOfName) ?? NoControls(text);

    /// <summary>Section 7.2.</summary>
    public static string? Description(string text) =>
        Between(text, 1, MostOfDescription) ?? (text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
            ? "must have no control characters but line ends and tabs"
            : null);

    /// <summary>Section 1.1.1, as far as it can be checked before values are filled in.</summary>
    public static string? JobName(string text) => Between(text, 1, int.MaxValue) ?? NoControls(text);

    /// <summary>Section 2.5.</summary>
    public static string? Value(string text) => Between(text, 0, MostOfValue);

    /// <summary>Sections 5.1 and 5.2.</summary>
    public static string? NoControls(string text) => text.Any(char.IsControl) ? "must have no control characters" : null;

    /// <summary>Section 4.4.1.</summary>
    public static string? VariableName(string text) =>
        Between(text, 1, MostOfVariableName) ?? (IdentifierPattern().IsMatch(text)
            ? null
            : "must have only Latin letters, digits and underscores, and not begin with a digit");

    /// <summary>Sections 6.1 and 6.1.1.</summary>
    public static string? FileName(string text) =>
        Between(text, 1, MostOfName) ?? (text is "." or ".." || text.AsSpan().IndexOfAny('/', '\\', '\0') >= 0
            ? "must be the name of a file without directories"
            : null);

    /// <summary>Section 2.8.</summary>
    public static string? FileFilter(string text) =>
        Between(text, 1, MostOfFilter) ?? (text is "*" or "*.*" || FilterPattern().IsMatch(text) && !text.Any(char.IsControl)
            ? null
            : "must be *, *.* or *. and an extension without signs that paths cannot have");

    /// <summary>Checks the length of a string.</summary>
    public static string? Between(string text, int least, int most)
    {
        var length = Length(text);
        if (length < least) return least == 1 ? "must not be empty" : $"must have at least {least} characters";
        return length > most ? $"has {length.ToString(CultureInfo.InvariantCulture)} characters; the most is {most}" : null;
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex IdentifierPattern();

    [GeneratedRegex("""\A\*\.[^\\/*?\[\]#%&{}<>$!'"‘:@`|=]+\z""")]
    private static partial Regex FilterPattern();
}
