using System.Diagnostics;

namespace Farm.Server.BuiltInWorker.Processes;

/// <summary>Where and how a program runs that has not simply the worker's own surroundings.</summary>
/// <param name="WorkingDirectory">The full path of the directory that it runs in.</param>
/// <param name="Variables">Environment variables that it has beside the worker's, or, with null, that it lacks.</param>
internal sealed record ProgramSurroundings(string WorkingDirectory, IReadOnlyDictionary<string, string?> Variables)
{
    /// <summary>Asks the program to end before it is killed; returns when it has, or when it had time enough. Null to kill it at once.</summary>
    public Func<Process, Task>? EndAsync { get; init; }

    /// <summary>Where programs are looked for; null for the worker's own PATH.</summary>
    public string? PathVariable => Variables.GetValueOrDefault("PATH");
}
