using System.Diagnostics;

namespace Farm.Server.Worker.Processes;

/// <summary>
/// A started program that, on Linux, gets a session of its own and does not outlive the worker: a worker that is killed must not
/// leave a program
/// behind that writes the same frames as the next attempt.
/// </summary>
internal sealed class OwnedProcess : IDisposable
{
    // A session of its own keeps the terminal's Ctrl+C from the program: the worker decides how it ends.
    private static readonly Lazy<IReadOnlyList<string>> Launcher = new(FindLauncher);

    private readonly ManualResetEventSlim _over = new();

    private OwnedProcess(Process process) => Process = process;

    public Process Process { get; }

    /// <exception cref="System.ComponentModel.Win32Exception">The system will not start it.</exception>
    public static async Task<OwnedProcess> StartAsync(string program, IEnumerable<string> arguments, ProcessStartInfo start)
    {
        IReadOnlyList<string> line = [.. Launcher.Value, program, .. arguments];
        start.FileName = line[0];
        foreach (var argument in line.Skip(1)) start.ArgumentList.Add(argument);
        if (OperatingSystem.IsWindows()) start.CreateNewProcessGroup = true;

        var started = new TaskCompletionSource<OwnedProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        // Linux ends the program with the thread that started it, so that thread has to stay as long as the program.
        var thread = new Thread(() =>
        {
            try
            {
                var owned = new OwnedProcess(Process.Start(start)!);
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

    private static IReadOnlyList<string> FindLauncher()
    {
        if (!OperatingSystem.IsLinux()) return [];
        List<string> launcher = [];
        if (ExecutableFinder.Find("setsid") is { } setsid) launcher.Add(setsid);
        if (ExecutableFinder.Find("setpriv") is { } setpriv && CanTieToParent(setpriv)) launcher.AddRange([setpriv, "--pdeathsig", "KILL", "--"]);
        return launcher;
    }

    // Small systems have a setpriv without this option.
    private static bool CanTieToParent(string setpriv)
    {
        using var help = Process.Start(new ProcessStartInfo(setpriv, "--help") { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = help.StandardError.ReadToEndAsync();
        var text = help.StandardOutput.ReadToEnd() + error.Result;
        return text.Contains("--pdeathsig", StringComparison.Ordinal);
    }
}
