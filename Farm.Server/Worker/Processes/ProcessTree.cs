using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Farm.Server.Worker.Processes;

/// <summary>
/// Ends a program and everything it started. Descendants that have lost their parent are found, on Linux, by an environment
/// variable that all of
/// a run's processes inherit.
/// </summary>
internal static class ProcessTree
{
    /// <summary>The environment variable whose value marks the processes of one run.</summary>
    public const string MarkVariable = "FARM_TASK_RUN";

    private const int MostRounds = 100;

    /// <summary>Ends the program, its descendants, and whatever else carries the run's mark.</summary>
    public static async Task KillAsync(Process process, string mark, TimeProvider time)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException or NotSupportedException)
        {
            // It has ended by itself, or a descendant has; what is left is found below.
        }
        await KillMarkedAsync(mark, time);
    }

    /// <summary>
    /// Ends every process that carries the mark. Does nothing where the system does not show other processes' environments.
    /// </summary>
    public static async Task KillMarkedAsync(string mark, TimeProvider time)
    {
        if (!OperatingSystem.IsLinux()) return;
        var entry = Encoding.UTF8.GetBytes($"{MarkVariable}={mark}\0");
        // Again until none is found: a process may have started another one between the look and the kill.
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
                // Gone since it was listed.
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
