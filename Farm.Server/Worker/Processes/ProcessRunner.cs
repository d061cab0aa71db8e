using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Farm.Server.Worker.Processes;

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
    /// <param name="onLine">Called for each line of standard output and standard error, one line at a time.</param>
    /// <returns>The exit code; on Unix 128 plus the signal for a program that was killed.</returns>
    /// <exception cref="CommandFailedException">There is no such program, or the system will not start it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing of the program is left running.</exception>
    public Task<int> RunAsync(
        string program, IReadOnlyList<string> arguments, string mark, Func<OutputLine, Task> onLine, CancellationToken cancellationToken) =>
        RunAsync(new ProgramStart(program, arguments), mark, onLine, null, cancellationToken);

    /// <inheritdoc cref="RunAsync(string, IReadOnlyList{string}, string, Func{OutputLine, Task}, CancellationToken)"/>
    /// <param name="program">What to start.</param>
    /// <param name="mark">Marks the program's processes, see <see cref="ProcessTree.MarkVariable"/>.</param>
    /// <param name="onLine">Called for each line of standard output and standard error, one line at a time.</param>
    /// <param name="onText">Sees both outputs as they are; true for standard error. May be called from two threads at once, one for each.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    public async Task<int> RunAsync(
        ProgramStart program, string mark, Func<OutputLine, Task> onLine, OutputText? onText, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var owned = await StartAsync(program, mark);
        var process = owned.Process;
        process.StandardInput.Close();
        using var oneLine = new SemaphoreSlim(1);
        var output = Task.WhenAll(ForwardAsync(process.StandardOutput, false), ForwardAsync(process.StandardError, true));
        try
        {
            var ended = process.WaitForExitAsync(cancellationToken);
            // A reader that fails (a log line that cannot be kept) must not leave the program blocked on a full pipe.
            if (await Task.WhenAny(ended, output) == output && output.IsFaulted) await output;
            await ended;
        }
        catch
        {
            if (cancellationToken.IsCancellationRequested && program.EndAsync is { } end) await end(process);
            await ProcessTree.KillAsync(process, mark, time);
            await process.WaitForExitAsync(CancellationToken.None);
            await output.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(OutputLinger, time).ContinueWith(_ => { }, TaskScheduler.Default);
            throw;
        }
        if (await Task.WhenAny(output, Task.Delay(OutputLinger, time, cancellationToken)) == output) await output;
        cancellationToken.ThrowIfCancellationRequested();
        return process.ExitCode;

        async Task ForwardAsync(StreamReader reader, bool isError)
        {
            await foreach (var line in LineReader.ReadAsync(reader, text => onText?.Invoke(isError, text)))
            {
                await oneLine.WaitAsync(CancellationToken.None);
                try
                {
                    // What a program says while it is asked to end is kept as well.
                    if (!cancellationToken.IsCancellationRequested || program.EndAsync is not null) await onLine(new OutputLine(process.Id, isError, line));
                }
                finally
                {
                    oneLine.Release();
                }
            }
        }
    }

    private static async Task<OwnedProcess> StartAsync(ProgramStart program, string mark)
    {
        var (name, leading) = program.Program == FarmExecutable.Placeholder ? FarmExecutable.Resolve() : (program.Program, []);
        var (folder, searched) = program.Directory.Length > 0 ? (program.Directory, program.Variables.GetValueOrDefault("PATH")) : (null, null);
        var path = ExecutableFinder.Find(name, folder, searched)
            ?? throw new CommandFailedException($"there is no program '{name}' on this machine");
        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            StandardErrorEncoding = new UTF8Encoding(false),
            UseShellExecute = false,
            WorkingDirectory = program.Directory,
            Arguments = program.WindowsLine,
        };
        foreach (var (variable, value) in program.Variables)
        {
            if (value is null) start.Environment.Remove(variable);
            else start.Environment[variable] = value;
        }

        start.Environment[ProcessTree.MarkVariable] = mark;
        try
        {
            return await OwnedProcess.StartAsync(path, leading.Concat(program.Arguments), start);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw new CommandFailedException($"'{path}' cannot be started: {e.Message}");
        }
    }
}
