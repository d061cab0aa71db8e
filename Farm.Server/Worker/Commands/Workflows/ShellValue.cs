namespace Farm.Server.Worker.Commands.Workflows;

/// <summary>Puts a value into a shell command as one argument that the shell does not parse.</summary>
internal static class ShellValue
{
    /// <summary>What <c>cmd</c> reads even between quotes.</summary>
    private static readonly System.Buffers.SearchValues<char> UnsafeInCmd = System.Buffers.SearchValues.Create("\"%!\r\n\0");

    /// <summary>The text for the command line.</summary>
    /// <param name="value">The value.</param>
    /// <param name="quotes">The quotes around it in the template: <c>none</c>, <c>double</c> or <c>single</c>.</param>
    /// <param name="variables">Receives the environment variables that the text names.</param>
    /// <exception cref="TaskCommandException">The shell of this machine cannot take the value, or the quotes are none of these.</exception>
    public static string Put(string value, string quotes, Dictionary<string, string?> variables) =>
        OperatingSystem.IsWindows() ? ForCmd(value, quotes) : ForPosix(value, quotes, variables);

    private static string ForPosix(string value, string quotes, Dictionary<string, string?> variables)
    {
        var name = $"FARM_VALUE_{variables.Count + 1}";
        variables.Add(name, value);
        return quotes switch
        {
            "none" => $"\"${{{name}}}\"",
            "double" => $"${{{name}}}",
            // Ends the quotes of the template for the value, and begins them again.
            "single" => $"'\"${{{name}}}\"'",
            _ => throw Unknown(quotes),
        };
    }

    /// <summary>Variables are no help on Windows, as <c>cmd</c> puts them into the line before it parses it.</summary>
    private static string ForCmd(string value, string quotes)
    {
        if (value.AsSpan().IndexOfAny(UnsafeInCmd) >= 0)
            throw new TaskCommandException($"the value '{value}' has a character that the shell of Windows would interpret");
        var ending = value.Length - value.TrimEnd('\\').Length;
        return quotes switch
        {
            // Backslashes before the closing quote would escape it.
            "none" or "single" => $"\"{value}{new string('\\', ending)}\"",
            "double" => value,
            _ => throw Unknown(quotes),
        };
    }

    private static TaskCommandException Unknown(string quotes) => new($"invalid quotes of a value: {quotes}");
}
