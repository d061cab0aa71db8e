using System.CommandLine;
using Farm.Server.CommandLine.Service;

namespace Farm.Server.CommandLine;

/// <summary>All commands of the executable.</summary>
internal static class FarmCommandLine
{
    /// <summary>The root command, which runs the server.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Farm: a render and task farm in one executable. Without a command it runs the server, like \"farm serve\".")
        {
            DemoCommand.Create(),
            WorkerCommand.Create(),
            SubmitCommand.Create(),
            TemplateCommand.Create(),
            WorkflowCommand.Create(),
            BackupCommand.Create(),
            RestoreCommand.Create(),
            MoveCommand.Create(),
            ServiceCommand.Create(),
            ConfigCommand.Create(),
            AccountCommand.Create(),
            TokenCommand.Create(),
            AuditCommand.Create(),
            HashPasswordCommand.Create(),
            DrawFramesCommand.Create(),
        };
        ServeCommand.AddTo(root);
        return root;
    }
}
