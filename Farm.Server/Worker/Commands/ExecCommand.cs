namespace Farm.Server.Worker.Commands;

/// <summary>Runs any program.</summary>
internal sealed class ExecCommand : ITaskCommand
{
    public string Name => "exec";

    public Task RunAsync(CommandParameters parameters, CommandContext context, CancellationToken cancellationToken) =>
        context.RunProgramAsync(parameters.Text("exe"), parameters.List("args"), null, cancellationToken);
}
