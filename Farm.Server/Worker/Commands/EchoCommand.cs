namespace Farm.Server.Worker.Commands;

/// <summary>Writes a message into the log.</summary>
internal sealed class EchoCommand : ITaskCommand
{
    public string Name => "echo";

    public Task RunAsync(CommandParameters parameters, CommandContext context, CancellationToken cancellation) =>
        context.LogAsync($"echo: {parameters.Shown("message")}", cancellation);
}
