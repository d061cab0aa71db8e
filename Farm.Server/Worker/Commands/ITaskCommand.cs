namespace Farm.Server.Worker.Commands;

/// <summary>A command of a task (contract section 7.5).</summary>
internal interface ITaskCommand
{
    /// <summary>The name in the protocol.</summary>
    string Name { get; }

    /// <summary>Runs the command.</summary>
    /// <exception cref="TaskCommandException">The command failed.</exception>
    /// <exception cref="OperationCanceledException">Canceled; nothing of the command is still running.</exception>
    Task RunAsync(CommandParameters parameters, CommandContext context, CancellationToken cancellationToken);
}
