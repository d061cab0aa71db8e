using System.ComponentModel;
using System.Diagnostics;

namespace Farm.Server.Operations.Images;

/// <summary>How a run of ffmpeg ended: <paramref name="Problem"/> is null when it went well, else one sentence.</summary>
/// <param name="Started">False when the program could not be started at all, which says nothing about its input.</param>
internal sealed record FfmpegResult(bool Started, string? Problem);

/// <summary>The ffmpeg program of this machine.</summary>
internal sealed class Ffmpeg(string path, TimeProvider time)
{
    /// <summary>A setting with this value means: do not use ffmpeg even where it is installed.</summary>
    public const string Off = "off";

    private const int MaxComplaint = 300;

    public string Path { get; } = path;

    /// <summary>
    /// The ffmpeg to use, or null when there is none. <paramref name="configured"/> is a path, <see cref="Off"/>, or empty for a search
    /// in <paramref name="searchPath"/> (the PATH of the process).
    /// </summary>
    public static Ffmpeg? Locate(string? configured, string? searchPath, TimeProvider time)
    {
        if (string.Equals(configured, Off, StringComparison.OrdinalIgnoreCase))
            return null;
        if (!string.IsNullOrWhiteSpace(configured))
            return File.Exists(configured) ? new Ffmpeg(System.IO.Path.GetFullPath(configured), time) : null;
        var name = OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg";
        var found = (searchPath ?? "")
            .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(directory => System.IO.Path.Combine(directory, name))
            .FirstOrDefault(File.Exists);
        return found is null ? null : new Ffmpeg(found, time);
    }

    /// <summary>
    /// Runs it without a shell and without input. After <paramref name="timeout"/>, or when <paramref name="cancel"/> asks (which then
    /// throws), the whole process tree is killed.
    /// </summary>
    public async Task<FfmpegResult> RunAsync(IEnumerable<string> arguments, TimeSpan timeout, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(Path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        foreach (var argument in (string[])["-hide_banner", "-nostdin", "-loglevel", "error", .. arguments])
            start.ArgumentList.Add(argument);

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return new FfmpegResult(Started: false, $"{Path} could not be started: {e.Message}");
        }
        process.StandardInput.Close();

        using var tooLong = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooLong.Token, cancel);
        try
        {
            var output = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, either.Token);
            var complaint = await ReadSomeAsync(process.StandardError, either.Token);
            await output;
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode == 0
                ? new FfmpegResult(Started: true, null)
                : new FfmpegResult(Started: true, $"ffmpeg ended with {process.ExitCode}: {complaint}");
        }
        catch (OperationCanceledException)
        {
            await KillAsync(process);
            cancel.ThrowIfCancellationRequested();
            return new FfmpegResult(Started: true, $"ffmpeg was stopped after {timeout.TotalSeconds:0.#} seconds");
        }
    }

    // Keeps the beginning and reads the rest away, so that a talkative process neither blocks nor fills memory.
    private static async Task<string> ReadSomeAsync(StreamReader reader, CancellationToken cancel)
    {
        var kept = "";
        var buffer = new char[1024];
        int read;
        while ((read = await reader.ReadAsync(buffer, cancel)) > 0)
        {
            if (kept.Length < MaxComplaint)
                kept += new string(buffer, 0, Math.Min(read, MaxComplaint - kept.Length));
        }
        return kept.ReplaceLineEndings("; ").Trim(' ', ';');
    }

    private static async Task KillAsync(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in the meantime.
        }
        await process.WaitForExitAsync(CancellationToken.None);
    }
}
