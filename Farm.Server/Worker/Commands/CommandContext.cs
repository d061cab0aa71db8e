using Farm.Server.Worker.Processes;
using Farm.Server.Worker.Transfers;

namespace Farm.Server.Worker.Commands;

/// <summary>What a command has at hand while it runs.</summary>
internal sealed class CommandContext
{
    /// <summary>How many steps the command is expected to report by itself; 0 when it is counted as one.</summary>
    public required int ExpectedSteps { get; init; }

    public required TimeProvider Time { get; init; }

    public required ProcessRunner Processes { get; init; }

    public required RunMark Mark { get; init; }

    /// <summary>Adds a line to the task's log.</summary>
    public required Func<string, CancellationToken, Task> LogAsync { get; init; }

    /// <summary>Counts one step as done.</summary>
    public required Func<CancellationToken, Task> StepAsync { get; init; }

    /// <summary>Sets how many of the expected steps are done.</summary>
    public required Func<int, CancellationToken, Task> ProgressAsync { get; init; }

    /// <summary>Says what the task is doing, for those who look at it.</summary>
    public required Func<string, CancellationToken, Task> ActivityAsync { get; init; }

    /// <summary>Where commands may make directories; what is left of a worker that was killed is removed when it starts again.</summary>
    public required string ScratchDirectory { get; init; }

    /// <summary>Cancelled when the worker itself ends, and so has little time left.</summary>
    public CancellationToken WorkerEnds { get; init; }

    /// <summary>Offers a finished frame for people to see. Returns at once; the newest one wins.</summary>
    public required Action<string> OfferFrame { get; init; }

    /// <summary>Brings files of the task here and back.</summary>
    public required TaskFiles Files { get; init; }

    /// <summary>Runs a program, its output in the task's log, and fails unless it ends with exit code 0.</summary>
    /// <param name="onLine">Sees each line after it was logged.</param>
    /// <exception cref="CommandFailedException">There is no such program, or it failed.</exception>
    public async Task RunProgramAsync(
        string program, IReadOnlyList<string> arguments, Func<string, Task>? onLine, CancellationToken cancellationToken)
    {
        var exitCode = await RunProgramAsync(new ProgramStart(program, arguments), onLine, cancellationToken);
        if (exitCode != 0) throw new CommandFailedException($"exit code {exitCode} of {program}");
    }

    /// <summary>Runs a program, its output in the task's log.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="CommandFailedException">There is no such program.</exception>
    public async Task<int> RunProgramAsync(ProgramStart program, Func<string, Task>? onLine, CancellationToken cancellationToken)
    {
        // A program that is asked to end has more to say.
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

    /// <summary>Adds a line that a program wrote to the task's log.</summary>
    public Task LogLineAsync(OutputLine line, CancellationToken cancellationToken) => LogAsync(
        $"{Time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'} pid={line.ProcessId} > {line.Text}", cancellationToken);
}
