using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Farm.Server.Worker.Processes;

/// <summary>
/// Kills a program and all its descendants. On Linux, orphans are found by an environment variable that all processes of a run inherit.
/// </summary>
internal static class ProcessTree
{
    /// <summary>The environment variable whose value marks the processes of one run.</summary>
    public const string MarkVariable = "FARM_TASK_RUN";

    private const int MostRounds = 100;

    /// <summary>Kills the program, its descendants, and all other processes with the mark of the run.</summary>
    public static async Task KillAsync(Process process, string mark, TimeProvider time)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException or NotSupportedException)
        {
            // It or a descendant has ended; the rest is found below.
        }
        await KillMarkedAsync(mark, time);
    }

    /// <summary>
    /// Kills every process with the mark. Only on Linux, where environments of processes are readable.
    /// </summary>
    public static async Task KillMarkedAsync(string mark, TimeProvider time)
    {
        if (!OperatingSystem.IsLinux()) return;
        var entry = Encoding.UTF8.GetBytes($"{MarkVariable}={mark}\0");
        // Repeated, because a process may start another one before it is killed.
        for (var round = 0; round < MostRounds && KillOnce(entry); round++)
            await Task.Delay(TimeSpan.FromMilliseconds(10), time);
    }

    private static bool KillOnce(byte[] entry)
    {
        var found = false;
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), out var id) || id == Environment.ProcessId || !Carries(directory, entry)) continue;
            found = true;
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
            {
                // The process has ended.
            }
        }
        return found;
    }

    private static bool Carries(string processDirectory, byte[] entry)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(processDirectory, "environ")).AsSpan().IndexOf(entry) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
