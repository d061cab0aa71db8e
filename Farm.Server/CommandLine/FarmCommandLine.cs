using System.CommandLine;
using Farm.Server.CommandLine.Service;

namespace Farm.Server.CommandLine;

/// <summary>Every verb of the executable.</summary>
internal static class FarmCommandLine
{
    /// <summary>The whole command line; without a verb it serves.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Farm: a render and task farm in one executable. Without a verb it runs the server, like \"farm serve\".")
        {
            DemoCommand.Create(),
            WorkerCommand.Create(),
            SubmitCommand.Create(),
            TemplateCommand.Create(),
            WorkflowCommand.Create(),
            BackupCommand.Create(),
            ServiceCommand.Create(),
            ConfigCommand.Create(),
            HashPasswordCommand.Create(),
            DrawFramesCommand.Create(),
        };
        ServeCommand.AddTo(root);
        return root;
    }
}
