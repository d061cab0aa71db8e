using System.Diagnostics;

namespace Farm.Server.Worker.Processes;

/// <summary>A program to start.</summary>
/// <param name="Program">A path, a name on the PATH, or <see cref="FarmExecutable.Placeholder"/>.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record ProgramStart(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>The working directory; "" for the worker's.</summary>
    public string Directory { get; init; } = "";

    /// <summary>Environment variables to add to the worker's, or, with null, to remove.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    /// <summary>Asks the program to end before it is killed, and returns when it has ended or at a time limit. Null to kill it at once.</summary>
    public Func<Process, Task>? EndAsync { get; init; }

    /// <summary>
    /// The raw command line on Windows, instead of arguments, because its shell has its own rules for quotes; otherwise "".
    /// </summary>
    public string WindowsLine { get; init; } = "";
}

/// <summary>A line of program output.</summary>
/// <param name="ProcessId">The process.</param>
/// <param name="IsError">Whether it wrote it to standard error.</param>
/// <param name="Text">The line without its end.</param>
internal readonly record struct OutputLine(int ProcessId, bool IsError, string Text);

/// <summary>Receives the raw output of a program.</summary>
internal delegate void OutputText(bool isError, ReadOnlySpan<char> text);
