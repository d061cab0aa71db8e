namespace Farm.Server.Domain.Variables;

/// <summary>Compares path prefixes, ignoring case and treating a backslash like a slash.</summary>
internal static class PathPrefix
{
    /// <summary>The variable with the longest value that the text starts with, or null. Empty values never match.</summary>
    public static BoundVariable? FindLongest(IEnumerable<BoundVariable> variables, string text) => variables
        .Where(variable => variable.Value.Length > 0 && StartsWith(text, variable.Value))
        .MaxBy(variable => variable.Value.Length);

    private static bool StartsWith(string text, string prefix)
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
