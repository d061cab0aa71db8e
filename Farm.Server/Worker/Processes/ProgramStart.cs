using System.Diagnostics;

namespace Farm.Server.Worker.Processes;

/// <summary>A program to be started.</summary>
/// <param name="Program">A path, a name on the PATH, or <see cref="FarmExecutable.Placeholder"/>.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record ProgramStart(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Where it is started; "" for where the worker was.</summary>
    public string Directory { get; init; } = "";

    /// <summary>Environment variables that it has beside the worker's, or, with null, that it lacks.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    /// <summary>Asks it to end before it is killed; returns when it has, or when it had time enough. Null to kill it at once.</summary>
    public Func<Process, Task>? EndAsync { get; init; }

    /// <summary>
    /// On Windows, in place of the arguments, all that follows the program, as it is: its shell has rules of its own for quotes. Else "".
    /// </summary>
    public string WindowsLine { get; init; } = "";
}

/// <summary>A line that a program wrote.</summary>
/// <param name="ProcessId">The program.</param>
/// <param name="IsError">Whether it wrote it to standard error.</param>
/// <param name="Text">The line without its end.</param>
internal readonly record struct OutputLine(int ProcessId, bool IsError, string Text);

/// <summary>Sees what a program writes.</summary>
internal delegate void OutputText(bool isError, ReadOnlySpan<char> text);
