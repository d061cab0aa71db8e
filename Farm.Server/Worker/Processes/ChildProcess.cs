using System.Diagnostics;

namespace Farm.Server.Worker.Processes;

/// <summary>
/// A started program. On Linux it has its own session and is killed with the worker, so that it cannot write the same frames as the next attempt.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    // In its own session, the program does not get the terminal's Ctrl+C.
    private static readonly Lazy<IReadOnlyList<string>> Launcher = new(FindLauncher);

    private readonly ManualResetEventSlim _over = new();

    private ChildProcess(Process process) => Process = process;

    public Process Process { get; }

    /// <summary>Starts a program.</summary>
    /// <param name="program">The path of the program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="start">Everything else.</param>
    /// <param name="memory">The memory that each of its processes may use for data, in bytes; 0 for no limit.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The system refused to start it.</exception>
    public static async Task<ChildProcess> StartAsync(string program, IEnumerable<string> arguments, ProcessStartInfo start, long memory = 0)
    {
        IReadOnlyList<string> line = [.. Launcher.Value, .. Limit(memory), .. ProcessUmask.Launcher, program, .. arguments];
        start.FileName = line[0];
        foreach (var argument in line.Skip(1)) start.ArgumentList.Add(argument);
        if (OperatingSystem.IsWindows()) start.CreateNewProcessGroup = true;

        var started = new TaskCompletionSource<ChildProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        // The parent-death signal is sent when the starting thread ends, so that thread must stay alive.
        var thread = new Thread(() =>
        {
            try
            {
                var owned = new ChildProcess(Process.Start(start)!);
                if (memory > 0 && OperatingSystem.IsWindows()) WindowsMemoryLimit.Apply(owned.Process, memory);
                started.SetResult(owned);
                owned._over.Wait();
                owned._over.Dispose();
            }
            catch (Exception e)
            {
                started.TrySetException(e);
            }
        })
        { IsBackground = true, Name = "program" };
        thread.Start();
        return await started.Task;
    }

    public void Dispose()
    {
        Process.Dispose();
        _over.Set();
    }

    // Of data and not of addresses, because renderers reserve many addresses that they do not use.
    private static IReadOnlyList<string> Limit(long memory) =>
        memory > 0 && OperatingSystem.IsLinux() && ExecutableFinder.Find("prlimit") is { } prlimit ? [prlimit, $"--data={memory}"] : [];

    private static IReadOnlyList<string> FindLauncher()
    {
        if (!OperatingSystem.IsLinux()) return [];
        List<string> launcher = [];
        if (ExecutableFinder.Find("setsid") is { } setsid) launcher.Add(setsid);
        if (ExecutableFinder.Find("setpriv") is { } setpriv && CanTieToParent(setpriv)) launcher.AddRange([setpriv, "--pdeathsig", "KILL", "--"]);
        return launcher;
    }

    // setpriv of small systems lacks this option.
    private static bool CanTieToParent(string setpriv)
    {
        using var help = Process.Start(new ProcessStartInfo(setpriv, "--help") { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = help.StandardError.ReadToEndAsync();
        var text = help.StandardOutput.ReadToEnd() + error.Result;
        return text.Contains("--pdeathsig", StringComparison.Ordinal);
    }
}
