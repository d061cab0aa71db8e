namespace Farm.Server.Worker.Commands;

/// <summary>One kind of command that a task can consist of (contract section 7.5).</summary>
internal interface ITaskCommand
{
    /// <summary>The name on the wire.</summary>
    string Name { get; }

    /// <summary>Does it. Returns when it is done.</summary>
    /// <exception cref="CommandFailedException">It cannot be done.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing of it goes on.</exception>
    Task RunAsync(CommandParameters parameters, CommandContext context, CancellationToken cancellationToken);
}
