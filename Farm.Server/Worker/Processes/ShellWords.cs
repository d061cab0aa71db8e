using System.Text;

namespace Farm.Server.Worker.Processes;

/// <summary>Splits a command line into words like a POSIX shell, without expansions.</summary>
internal static class ShellWords
{
    /// <summary>Splits at spaces; handles single quotes, double quotes and backslashes.</summary>
    /// <exception cref="FormatException">A quote is not closed, or the text ends in a backslash.</exception>
    public static IReadOnlyList<string> Split(string text)
    {
        List<string> words = [];
        var word = new StringBuilder();
        var inWord = false;
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && quote != '\'')
            {
                if (++i == text.Length) throw new FormatException($"'{text}' ends in a backslash");
                if (quote == '"' && text[i] is not ('"' or '\\' or '$' or '`')) word.Append('\\');
                word.Append(text[i]);
                inWord = true;
            }
            else if (quote != '\0')
            {
                if (c == quote) quote = '\0';
                else word.Append(c);
            }
            else if (c is '"' or '\'')
            {
                quote = c;
                inWord = true;
            }
            else if (char.IsWhiteSpace(c))
            {
                if (inWord) words.Add(word.ToString());
                word.Clear();
                inWord = false;
            }
            else
            {
                word.Append(c);
                inWord = true;
            }
        }
        if (quote != '\0') throw new FormatException($"'{text}' has an unclosed {quote}");
        if (inWord) words.Add(word.ToString());
        return words;
    }
}
