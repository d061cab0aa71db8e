namespace Farm.Server.Domain.Variables;

/// <summary>How the beginnings of paths are compared: case does not count, and a backslash equals a slash.</summary>
internal static class PathPrefix
{
    /// <summary>The variable with the longest value that the text begins with, or null. Empty values match nothing.</summary>
    public static BoundVariable? FindLongest(IEnumerable<BoundVariable> variables, string text) => variables
        .Where(variable => variable.Value.Length > 0 && Begins(text, variable.Value))
        .MaxBy(variable => variable.Value.Length);

    private static bool Begins(string text, string prefix)
    {
        if (text.Length < prefix.Length)
            return false;
        for (var i = 0; i < prefix.Length; i++)
        {
            if (Fold(text[i]) != Fold(prefix[i]))
                return false;
        }
        return true;
    }

    private static char Fold(char c) => c == '\\' ? '/' : char.ToUpperInvariant(c);
}
