using System.Text;

namespace Farm.Server.JobTypes.Authoring;

/// <summary>
/// Splits a command line into arguments: blanks separate, double quotes group, <c>\"</c> is a literal quote. Other backslashes are kept, because
/// Windows paths need them.
/// </summary>
internal static class CommandLineWords
{
    /// <summary>The arguments.</summary>
    /// <exception cref="FormatException">A quote is never closed.</exception>
    public static IReadOnlyList<string> Split(string text)
    {
        List<string> words = [];
        var word = new StringBuilder();
        var (isInWord, isQuoted) = (false, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                (isQuoted, isInWord) = (!isQuoted, true);
            }
            else if (!isQuoted && char.IsWhiteSpace(text[i]))
            {
                if (isInWord) words.Add(word.ToString());
                word.Clear();
                isInWord = false;
            }
            else
            {
                if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] == '"') i++;
                word.Append(text[i]);
                isInWord = true;
            }
        }

        if (isQuoted) throw new FormatException("a quote is not closed");
        if (isInWord) words.Add(word.ToString());
        return words;
    }
}
