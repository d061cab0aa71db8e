using System.Globalization;
using System.Text;

namespace Farm.Server;

/// <summary>
/// Makes control characters visible in texts from outside: an escape sequence, a carriage return or a change of text direction could fake what a
/// terminal shows, or make the terminal do something.
/// </summary>
internal static class VisibleText
{
    /// <summary>Whether a character only shows something: no control character, no formatting character such as a bidi override, no separator of lines.</summary>
    public static bool IsHarmless(char c) => char.GetUnicodeCategory(c) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    /// <summary>Appends a character as its code: <c>\u001b</c>.</summary>
    public static StringBuilder AppendCode(StringBuilder text, char c) => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));

    /// <summary>The text with its control characters shown as their codes; line breaks and tabs stay.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        var visible = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            var c = text[index];
            var endsLine = c == '\r' && index + 1 < text.Length && text[index + 1] == '\n';
            if (c is '\n' or '\t' || endsLine || IsHarmless(c)) visible.Append(c);
            else AppendCode(visible, c);
        }

        return visible.ToString();
    }
}
