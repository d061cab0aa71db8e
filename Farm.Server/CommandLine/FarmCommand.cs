using System.CommandLine;

namespace Farm.Server.CommandLine;

/// <summary>Sets up commands that call a running farm.</summary>
internal static class FarmCommand
{
    /// <summary>Adds the options that say which farm, and what the command does with it.</summary>
    public static void SetAction(Command command, Func<ParseResult, ManagerConnection, CancellationToken, Task> action)
    {
        var connection = new ConnectionOptions();
        connection.AddTo(command);
        command.SetActionWithErrorHandling(async (parsed, cancellationToken) =>
        {
            using var farm = connection.Connect(parsed);
            await action(parsed, farm, cancellationToken);
            return 0;
        });
    }
}
