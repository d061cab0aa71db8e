namespace Farm.Server.Yaml;

/// <summary>A text is not YAML, or exceeds a limit.</summary>
/// <param name="line">The line of the problem, from 1.</param>
/// <param name="reason">What is wrong, and for limits what to do, as the end of a sentence.</param>
internal sealed class InvalidYamlException(int line, string reason) : Exception(reason)
{
    /// <summary>The line of the problem, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Whether the text breaks the grammar of YAML, so that the message is the parser's.</summary>
    public bool IsMalformed { get; init; }

    /// <summary>The message with the name of the file and the line.</summary>
    public string Describe(string file) =>
        IsMalformed ? $"{file} is not valid YAML in line {Line}: {Message}" : $"{file} cannot be read in line {Line}: {Message}";
}
