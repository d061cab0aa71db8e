using System.Diagnostics;
using System.Text;
using Farm.Server.Worker.Processes;

namespace Farm.Tests.Support;

/// <summary>The executable in a separate process, which never outlives the test.</summary>
internal sealed class FarmProcess : IAsyncDisposable
{
    /// <summary>The time allowed for one step on a busy machine.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly Lock _lock = new();
    private readonly Task _read;
    private string? _idFile;
    private TaskCompletionSource _said = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FarmProcess(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        HearCtrlC(start);
        _process = Process.Start(start)!;
        _read = Task.WhenAll(ReadAsync(_process.StandardOutput, _output), ReadAsync(_process.StandardError, _errors));
    }

    /// <summary>The standard output so far.</summary>
    public string Output
    {
        get { lock (_lock) return _output.ToString(); }
    }

    /// <summary>The standard error so far.</summary>
    public string Errors
    {
        get { lock (_lock) return _errors.ToString(); }
    }

    /// <summary>Its current memory use in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts the built executable in a directory, with only the framework's programs on the PATH.</summary>
    public static FarmProcess Start(string directory, params string[] arguments)
    {
        var (program, first) = FarmExecutable.Resolve();
        var host = ExecutableFinder.Find(program) ?? program;
        return new FarmProcess(Bare(host, directory, [.. first, .. arguments]));
    }

    /// <summary>Starts the built executable with variables of the environment.</summary>
    public static FarmProcess StartWith(Dictionary<string, string> variables, string directory, params string[] arguments)
    {
        var (program, first) = FarmExecutable.Resolve();
        var start = Bare(ExecutableFinder.Find(program) ?? program, directory, [.. first, .. arguments]);
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return new FarmProcess(start);
    }

    /// <summary>Starts the built executable with a line of standard input; needs <c>/bin/sh</c>.</summary>
    public static FarmProcess StartWithInput(string input, string directory, params string[] arguments)
    {
        var (program, first) = FarmExecutable.Resolve();
        return new FarmProcess(Bare(
            "/bin/sh", directory, ["-c", "line=$1; shift; printf '%s\\n' \"$line\" | \"$@\"", "sh", input, ExecutableFinder.Find(program) ?? program, .. first, .. arguments]));
    }

    /// <summary>Starts the built executable as systemd would: as a child of a process of that name and with a notification socket (sd_notify(3)).</summary>
    public static FarmProcess StartAsService(string directory, string notifySocket, params string[] arguments)
    {
        var parent = Path.Combine(directory, "systemd");
        File.WriteAllText(parent, "#!/bin/sh\n/bin/sh -c 'echo $$ > \"$0.pid\"; exec \"$@\"' \"$0\" \"$@\"\nexit $?\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(parent, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var (program, first) = FarmExecutable.Resolve();
        var start = Bare(parent, directory, [ExecutableFinder.Find(program) ?? program, .. first, .. arguments]);
        start.Environment["NOTIFY_SOCKET"] = notifySocket;
        return new FarmProcess(start) { _idFile = parent + ".pid" };
    }

    /// <summary>Starts a published file in a directory, as on a machine without .NET.</summary>
    public static FarmProcess StartFile(string file, string directory, params string[] arguments)
    {
        var start = Bare(file, directory, arguments);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("DOTNET", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        return new FarmProcess(start);
    }

    /// <summary>Waits for an output line with the text and returns it.</summary>
    public async Task<string> LineAsync(string part)
    {
        using var deadline = new CancellationTokenSource(Timeout);
        while (true)
        {
            Task next;
            lock (_lock)
            {
                if ($"{_output}\n{_errors}".Split('\n').FirstOrDefault(line => line.Contains(part)) is { } found) return found.TrimEnd('\r');
                next = _said.Task;
            }

            if (_read.IsCompleted || await Task.WhenAny(next, _read, Task.Delay(System.Threading.Timeout.Infinite, deadline.Token)) is { IsCanceled: true })
                Assert.Fail($"It never wrote \"{part}\". It wrote:\n{Output}\n{Errors}");
        }
    }

    /// <summary>The address of the started server.</summary>
    public async Task<Uri> AddressAsync() => new((await LineAsync(" answers at http")).Split(" answers at ")[1].Trim());

    /// <summary>Sends Ctrl+C.</summary>
    public Task InterruptAsync() => SignalAsync("-INT");

    /// <summary>Sends SIGTERM.</summary>
    public Task TerminateAsync() => SignalAsync("-TERM");

    /// <summary>Kills it, like a power cut.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits for it to exit.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Timeout);
        await _read.WaitAsync(Timeout);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _idFile is null ? _process.Id.ToString() : File.ReadAllText(_idFile).Trim()]);
        await kill.WaitForExitAsync();
    }

    private static ProcessStartInfo Bare(string program, string directory, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = directory };
        start.Environment["PATH"] = directory;
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return start;
    }

    /// <summary>Tests run in the background of a shell ignore Ctrl+C, and their child processes would inherit that.</summary>
    private static void HearCtrlC(ProcessStartInfo start)
    {
        if (!OperatingSystem.IsLinux() || ExecutableFinder.Find("env") is not { } env) return;
        start.ArgumentList.Insert(0, "--default-signal=INT");
        start.ArgumentList.Insert(1, start.FileName);
        start.FileName = env;
    }

    private async Task ReadAsync(StreamReader from, StringBuilder into)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            lock (_lock)
            {
                into.Append(line).Append('\n');
                var said = _said;
                _said = new(TaskCreationOptions.RunContinuationsAsynchronously);
                said.SetResult();
            }
        }
    }
}
