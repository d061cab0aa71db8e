using System.Text;

namespace Farm.Server.JobTypes.Authoring;

/// <summary>
/// Splits arguments that are written as one text: blanks separate, double quotes hold together, <c>\"</c> is a quote. Other backslashes are
/// left alone, since they separate the directories of Windows paths.
/// </summary>
internal static class CommandLineWords
{
    /// <summary>The arguments.</summary>
    /// <exception cref="FormatException">A quote is not closed.</exception>
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
