using System.CommandLine;

namespace Farm.Server.CommandLine;

/// <summary><c>farm backup</c>: has the running server copy its database.</summary>
internal static class BackupCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var url = CommonOptions.Url();
        var data = CommonOptions.Data();
        var command = new Command("backup", "Copy the database of the running farm into its data directory and verify the copy.") { url, data };
        command.SetGuardedAction(async (parsed, cancellation) =>
        {
            using var manager = ManagerConnection.To(parsed.GetValue(url), parsed.GetValue(data)!);
            var backup = await manager.PostAsync("/api/farm/v1/backup", null, cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{backup["file"]} ({backup["bytes"]} bytes)");
            return 0;
        });
        return command;
    }
}
