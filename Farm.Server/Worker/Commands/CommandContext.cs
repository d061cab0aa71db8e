using Farm.Server.Worker.Processes;
using Farm.Server.Worker.Transfers;

namespace Farm.Server.Worker.Commands;

/// <summary>The context of a running command.</summary>
internal sealed class CommandContext
{
    /// <summary>The number of steps that the command reports; 0 if the command is one step.</summary>
    public required int ExpectedSteps { get; init; }

    public required TimeProvider Time { get; init; }

    public required ProcessRunner Processes { get; init; }

    public required ProcessMark Mark { get; init; }

    /// <summary>Adds a line to the task's log.</summary>
    public required Func<string, CancellationToken, Task> LogAsync { get; init; }

    /// <summary>Counts one step as done.</summary>
    public required Func<CancellationToken, Task> StepAsync { get; init; }

    /// <summary>Sets how many of the expected steps are done.</summary>
    public required Func<int, CancellationToken, Task> ProgressAsync { get; init; }

    /// <summary>Sets the activity of the task.</summary>
    public required Func<string, CancellationToken, Task> ActivityAsync { get; init; }

    /// <summary>The directory for temporary directories of commands; leftovers of a killed worker are removed at its next start.</summary>
    public required string ScratchDirectory { get; init; }

    /// <summary>Canceled when the worker shuts down, and so has little time.</summary>
    public CancellationToken WorkerStopping { get; init; }

    /// <summary>Offers a finished frame for upload. Returns at once; only the newest frame is uploaded.</summary>
    public required Action<string> OfferFrame { get; init; }

    /// <summary>Downloads and uploads files of the task.</summary>
    public required TaskFiles Files { get; init; }

    /// <summary>Runs a program and writes its output to the task's log.</summary>
    /// <param name="onLine">Called with each line after it was logged.</param>
    /// <exception cref="TaskCommandException">The program was not found, or its exit code was not 0.</exception>
    public async Task RunProgramAsync(
        string program, IReadOnlyList<string> arguments, Func<string, Task>? onLine, CancellationToken cancellationToken)
    {
        var exitCode = await RunProgramAsync(new ProgramStart(program, arguments), onLine, cancellationToken);
        if (exitCode != 0) throw new TaskCommandException($"exit code {exitCode} of {program}");
    }

    /// <summary>Runs a program and writes its output to the task's log.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="TaskCommandException">The program was not found.</exception>
    public async Task<int> RunProgramAsync(ProgramStart program, Func<string, Task>? onLine, CancellationToken cancellationToken)
    {
        // Output is still logged while the program shuts down.
        var logging = program.EndAsync is null ? cancellationToken : CancellationToken.None;
        var mark = Mark.Begin();
        try
        {
            return await Processes.RunAsync(program, mark, LineAsync, null, cancellationToken);
        }
        finally
        {
            Mark.End();
        }

        async Task LineAsync(OutputLine line)
        {
            await LogLineAsync(line, logging);
            if (onLine is not null) await onLine(line.Text);
        }
    }

    /// <summary>Adds a line of program output to the task's log.</summary>
    public Task LogLineAsync(OutputLine line, CancellationToken cancellationToken) => LogAsync(
        $"{Time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'} pid={line.ProcessId} > {line.Text}", cancellationToken);
}
