using Farm.Server.Worker.Processes;

namespace Farm.Server.Worker.Commands.Workflows;

/// <summary>The shell of this machine: <c>sh -c</c>, on Windows <c>cmd /d /s /c</c>.</summary>
internal static class Shell
{
    /// <summary>Runs a command line in a directory.</summary>
    public static ProgramStart Run(ShellCommand command, string directory) => OperatingSystem.IsWindows()
        ? new ProgramStart("cmd.exe", []) { Directory = directory, WindowsLine = $"/d /s /c \"{command.Line}\"" }
        : new ProgramStart("sh", ["-c", command.Line]) { Directory = directory, Variables = command.Variables };
}
