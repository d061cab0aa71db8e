using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Farm.Server.BuiltInWorker.Commands;

namespace Farm.Server.BuiltInWorker.Processes;

/// <summary>
/// Runs programs: arguments as a list, never through a shell; output line by line; the whole process tree ended on cancellation.
/// </summary>
internal sealed class ProcessRunner(TimeProvider time)
{
    /// <summary>
    /// How long a program that has ended may leave its output open (a background process holds it) before it counts as done.
    /// </summary>
    private static readonly TimeSpan OutputLinger = TimeSpan.FromSeconds(2);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">A path, a name on the PATH, or <see cref="FarmExecutable.Placeholder"/>.</param>
    /// <param name="mark">Marks the program's processes, see <see cref="ProcessTree.MarkVariable"/>.</param>
    /// <param name="surroundings">Where it runs; null for where the worker does.</param>
    /// <param name="onLine">Called for each line of standard output and standard error with the process id, one line at a time.</param>
    /// <returns>The exit code; on Unix 128 plus the signal for a program that was killed.</returns>
    /// <exception cref="CommandFailedException">There is no such program, or the system will not start it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing of the program is left running.</exception>
    public async Task<int> RunAsync(
        string program, IReadOnlyList<string> arguments, string mark, Func<int, string, Task> onLine, CancellationToken cancellation,
        ProgramSurroundings? surroundings = null)
    {
        cancellation.ThrowIfCancellationRequested();
        using var owned = await StartAsync(program, arguments, mark, surroundings);
        var process = owned.Process;
        process.StandardInput.Close();
        using var oneLine = new SemaphoreSlim(1);
        var output = Task.WhenAll(ForwardAsync(process.StandardOutput), ForwardAsync(process.StandardError));
        try
        {
            var ended = process.WaitForExitAsync(cancellation);
            // A reader that fails (a log line that cannot be kept) must not leave the program blocked on a full pipe.
            if (await Task.WhenAny(ended, output) == output && output.IsFaulted) await output;
            await ended;
        }
        catch
        {
            if (cancellation.IsCancellationRequested && surroundings?.EndAsync is { } end) await end(process);
            await ProcessTree.KillAsync(process, mark, time);
            await process.WaitForExitAsync(CancellationToken.None);
            await output.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(OutputLinger, time).ContinueWith(_ => { }, TaskScheduler.Default);
            throw;
        }
        if (await Task.WhenAny(output, Task.Delay(OutputLinger, time, cancellation)) == output) await output;
        cancellation.ThrowIfCancellationRequested();
        return process.ExitCode;

        async Task ForwardAsync(StreamReader reader)
        {
            await foreach (var line in LineReader.ReadAsync(reader))
            {
                await oneLine.WaitAsync(CancellationToken.None);
                try
                {
                    if (!cancellation.IsCancellationRequested || surroundings?.EndAsync is not null) await onLine(process.Id, line);
                }
                finally
                {
                    oneLine.Release();
                }
            }
        }
    }

    private static async Task<OwnedProcess> StartAsync(
        string program, IReadOnlyList<string> arguments, string mark, ProgramSurroundings? surroundings)
    {
        var (name, leading) = program == FarmExecutable.Placeholder ? FarmExecutable.Resolve() : (program, []);
        var path = ExecutableFinder.Find(name, surroundings?.WorkingDirectory, surroundings?.PathVariable) ?? throw new CommandFailedException($"there is no program '{name}' on this machine");
        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            StandardErrorEncoding = new UTF8Encoding(false),
            UseShellExecute = false,
        };
        if (surroundings is not null)
        {
            start.WorkingDirectory = surroundings.WorkingDirectory;
            foreach (var (variable, value) in surroundings.Variables)
            {
                if (value is null) start.Environment.Remove(variable);
                else start.Environment[variable] = value;
            }
        }

        start.Environment[ProcessTree.MarkVariable] = mark;
        try
        {
            return await OwnedProcess.StartAsync(path, leading.Concat(arguments), start);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw new CommandFailedException($"'{path}' cannot be started: {e.Message}");
        }
    }
}
