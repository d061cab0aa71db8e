using System.Text;

namespace Farm.Server.JobTypes.Authoring;

/// <summary>Splits a line into words as a POSIX shell does, without running or expanding anything.</summary>
internal static class ShellWords
{
    /// <summary>
    /// The words of the line. Words end at blanks; single quotes keep all that is in them, double quotes all but a backslash
    /// before <c>" \ $ `</c>; elsewhere a backslash keeps the next character. <c>''</c> is an empty word.
    /// </summary>
    /// <exception cref="FormatException">A quote is not closed, or the line ends with a backslash.</exception>
    public static IReadOnlyList<string> Split(string line)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        for (var i = 0; i < line.Length; i++)
        {
            switch (line[i])
            {
                case '\'' or '"':
                    i = ReadQuoted(line, i, word ??= new());
                    break;
                case '\\':
                    if (++i == line.Length)
                        throw new FormatException($"The line ends with a backslash: {line}");
                    (word ??= new()).Append(line[i]);
                    break;
                case ' ' or '\t' or '\r' or '\n':
                    if (word is not null)
                        words.Add(word.ToString());
                    word = null;
                    break;
                default:
                    (word ??= new()).Append(line[i]);
                    break;
            }
        }
        if (word is not null)
            words.Add(word.ToString());
        return words;
    }

    /// <summary>Appends what is quoted from <paramref name="start"/> on; returns the index of the closing quote.</summary>
    private static int ReadQuoted(string line, int start, StringBuilder word)
    {
        var quote = line[start];
        for (var i = start + 1; i < line.Length; i++)
        {
            if (line[i] == quote)
                return i;
            if (quote == '"' && line[i] == '\\' && i + 1 < line.Length && line[i + 1] is '"' or '\\' or '$' or '`')
                i++;
            word.Append(line[i]);
        }
        throw new FormatException($"A quote is not closed: {line}");
    }
}
