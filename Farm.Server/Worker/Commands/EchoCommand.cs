namespace Farm.Server.Worker.Commands;

/// <summary>Writes a message into the log.</summary>
internal sealed class EchoCommand : ITaskCommand
{
    public string Name => "echo";

    public Task RunAsync(CommandParameters parameters, CommandContext context, CancellationToken cancellationToken) =>
        context.LogAsync($"echo: {parameters.RawJson("message")}", cancellationToken);
}
