using System.CommandLine;

namespace Farm.Server.CommandLine;

/// <summary><c>farm backup</c>: makes the running server back up its database.</summary>
internal static class BackupCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var command = new Command("backup", "Back up the database of the running farm into its data directory, and verify the backup.");
        connection.AddTo(command);
        command.SetActionWithErrorHandling(async (parsed, cancellation) =>
        {
            using var manager = connection.Connect(parsed);
            var backup = await manager.PostAsync("/api/farm/v1/backup", null, cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{backup["file"]} ({backup["bytes"]} bytes)");
            return 0;
        });
        return command;
    }
}
