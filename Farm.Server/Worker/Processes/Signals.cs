using System.Runtime.InteropServices;

namespace Farm.Server.Worker.Processes;

/// <summary>Signals that .NET cannot send by itself.</summary>
internal static class Signals
{
    private const int Terminate = 15;

    /// <summary>Asks a process to end (SIGTERM).</summary>
    /// <returns>False where the system has no such signal, or the process is gone.</returns>
    public static bool AskToEnd(int processId) => !OperatingSystem.IsWindows() && Kill(processId, Terminate) == 0;

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int processId, int signal);
}
