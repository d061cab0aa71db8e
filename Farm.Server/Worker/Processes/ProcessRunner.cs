using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Farm.Server.Worker.Processes;

/// <summary>
/// Runs programs, with arguments as a list and without a shell. Cancellation kills the whole process tree.
/// </summary>
/// <param name="time">Measures how long programs run.</param>
/// <param name="limits">What they may use.</param>
internal sealed class ProcessRunner(TimeProvider time, ProgramLimits limits)
{
    /// <summary>
    /// How long to wait for the output of an ended program, which a background process may keep open.
    /// </summary>
    private static readonly TimeSpan OutputLinger = TimeSpan.FromSeconds(2);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">A path, a name on the PATH, or <see cref="FarmExecutable.Placeholder"/>.</param>
    /// <param name="mark">Marks the program's processes, see <see cref="ProcessTree.MarkVariable"/>.</param>
    /// <param name="onLine">Called for each line of standard output and standard error, one line at a time.</param>
    /// <returns>The exit code; on Unix 128 plus the signal for a killed program.</returns>
    /// <exception cref="TaskCommandException">The program was not found, the system refused to start it, or it ran for too long.</exception>
    /// <exception cref="OperationCanceledException">Canceled; none of its processes is running.</exception>
    public Task<int> RunAsync(
        string program, IReadOnlyList<string> arguments, string mark, Func<OutputLine, Task> onLine, CancellationToken cancellationToken) =>
        RunAsync(new ProgramStart(program, arguments), mark, onLine, null, cancellationToken);

    /// <inheritdoc cref="RunAsync(string, IReadOnlyList{string}, string, Func{OutputLine, Task}, CancellationToken)"/>
    /// <param name="program">What to start.</param>
    /// <param name="mark">Marks the program's processes, see <see cref="ProcessTree.MarkVariable"/>.</param>
    /// <param name="onLine">Called for each line of standard output and standard error, one line at a time.</param>
    /// <param name="onText">Called with the raw output; true for standard error. May be called from two threads at once.</param>
    /// <param name="cancellationToken">Kills the program.</param>
    public async Task<int> RunAsync(
        ProgramStart program, string mark, Func<OutputLine, Task> onLine, OutputText? onText, CancellationToken cancellationToken)
    {
        using var overtime = new CancellationTokenSource(limits.Time == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : limits.Time, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(overtime.Token, cancellationToken);
        try
        {
            return await RunWithinAsync(program, mark, onLine, onText, either.Token);
        }
        catch (OperationCanceledException) when (overtime.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TaskCommandException($"'{program.Program}' ran for more than {limits.Time.TotalHours:0.##} hours and was ended; the limit of this worker is --max-hours");
        }
    }

    private async Task<int> RunWithinAsync(
        ProgramStart program, string mark, Func<OutputLine, Task> onLine, OutputText? onText, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var owned = await StartAsync(program, mark, limits.MemoryBytes);
        var process = owned.Process;
        process.StandardInput.Close();
        using var oneLine = new SemaphoreSlim(1);
        var output = Task.WhenAll(ForwardAsync(process.StandardOutput, false), ForwardAsync(process.StandardError, true));
        try
        {
            var ended = process.WaitForExitAsync(cancellationToken);
            // If a reader fails, the program must not block on a full pipe.
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
                    // Output during the shutdown is kept too.
                    if (!cancellationToken.IsCancellationRequested || program.EndAsync is not null) await onLine(new OutputLine(process.Id, isError, line));
                }
                finally
                {
                    oneLine.Release();
                }
            }
        }
    }

    private static async Task<ChildProcess> StartAsync(ProgramStart program, string mark, long memory)
    {
        var (name, leading) = program.Program == FarmExecutable.Placeholder ? FarmExecutable.Resolve() : (program.Program, []);
        var (folder, searched) = program.Directory.Length > 0 ? (program.Directory, program.Variables.GetValueOrDefault("PATH")) : (null, null);
        var path = ExecutableFinder.Find(name, folder, searched)
            ?? throw new TaskCommandException($"program '{name}' not found on this machine");
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
            return await ChildProcess.StartAsync(path, leading.Concat(program.Arguments), start, memory);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw new TaskCommandException($"'{path}' cannot be started: {e.Message}");
        }
    }
}
