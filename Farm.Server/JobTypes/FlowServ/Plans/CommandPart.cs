namespace Farm.Server.JobTypes.FlowServ.Plans;

/// <summary>A part of a command: shell text of the template, a program whose path the worker fills in, or a value for one argument.</summary>
internal abstract record CommandPart
{
    /// <summary>Text that the shell parses.</summary>
    internal sealed record Text(string Value) : CommandPart;

    /// <summary>A program.</summary>
    /// <param name="Name"><c>python</c> or <c>java</c>.</param>
    internal sealed record Program(string Name) : CommandPart;

    /// <summary>A value that the shell must not parse.</summary>
    /// <param name="Content">The value.</param>
    /// <param name="Quotes">The quotes of the template around it.</param>
    internal sealed record Argument(string Content, ShellQuotes Quotes) : CommandPart;
}

/// <summary>What a placeholder in a command stands for.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsValue">Whether a person chose it, so that the shell must not parse it.</param>
internal readonly record struct CommandVariable(string Text, bool IsValue);
