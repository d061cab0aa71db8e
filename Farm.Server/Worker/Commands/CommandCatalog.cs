using Farm.Server.Worker.Commands.Workflows;

namespace Farm.Server.Worker.Commands;

/// <summary>The commands of this worker.</summary>
internal static class CommandCatalog
{
    private static readonly Dictionary<string, ITaskCommand> Commands = new ITaskCommand[]
    {
        new BlenderRenderCommand(),
        new CopyFileCommand(),
        new EchoCommand(),
        new ExecCommand(),
        new FramesToVideoCommand(),
        new MakeDirectoryCommand(),
        new MoveDirectoryCommand(),
        new OpenJobDescription.OpenJobRunCommand(),
        new SleepCommand(),
        new UploadFilesCommand(),
        new WorkflowCommand(),
    }.ToDictionary(command => command.Name);

    /// <exception cref="TaskCommandException">The command is unknown.</exception>
    public static ITaskCommand Get(string name) =>
        Commands.TryGetValue(name, out var command) ? command : throw new TaskCommandException($"unknown command '{name}'");
}
