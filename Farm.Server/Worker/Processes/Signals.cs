using System.Runtime.InteropServices;

namespace Farm.Server.Worker.Processes;

/// <summary>Unix signals, which .NET cannot send.</summary>
internal static class Signals
{
    private const int Terminate = 15;

    /// <summary>Sends SIGTERM.</summary>
    /// <returns>False on Windows, or if the process has ended.</returns>
    public static bool AskToEnd(int processId) => !OperatingSystem.IsWindows() && Kill(processId, Terminate) == 0;

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int processId, int signal);
}
