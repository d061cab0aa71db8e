using System.CommandLine;
using System.Text.Json.Nodes;

namespace Farm.Server.CommandLine;

/// <summary><c>farm backup</c>: makes the running server back itself up, and looks after its backups.</summary>
internal static class BackupCommand
{
    private const string Path = "/api/farm/v1/backups";

    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromSeconds(1);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var with = new Option<string[]>("--with")
        {
            Description = "What it holds besides the database: settings, artifacts, or none; without it, what the setting \"backups.with\" says.",
            HelpName = "PART",
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command("backup", "Back up the running farm into its data directory, and check the backup.") { with, List(), Verify(), Remove() };
        FarmCommand.SetAction(command, async (parsed, farm, cancellationToken) =>
        {
            var body = parsed.GetResult(with) is null ? null : new JsonObject { ["with"] = new JsonArray([.. Parts(parsed.GetValue(with)!).Select(part => (JsonNode)part)]) };
            var backup = await farm.PostAsync(Path, body, cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{backup["file"]} ({backup["bytes"]} bytes)");
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "List the backups, the newest first, with the result of their last check.");
        FarmCommand.SetAction(command, async (parsed, farm, cancellationToken) =>
        {
            var all = await farm.GetAsync(Path, cancellationToken);
            foreach (var backup in all["backups"]!.AsArray())
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"{(string)backup!["name"]!,-34} {(long)backup["bytes"]!,15:N0} bytes  {Content(backup),-30}  {CheckOf(backup)}");
            if ((string?)all["restore"] is { } pending) await parsed.InvocationConfiguration.Output.WriteLineAsync($"{pending} is restored when the server starts next.");
        });
        return command;
    }

    private static Command Verify()
    {
        var name = Name();
        var command = new Command("verify", "Check a backup completely, as before a restore.") { name };
        FarmCommand.SetAction(command, async (parsed, farm, cancellationToken) =>
        {
            var wanted = parsed.GetValue(name)!;
            await farm.PostAsync($"{Path}/{Uri.EscapeDataString(wanted)}/verify", null, cancellationToken);
            JsonNode backup;
            while ((bool)(backup = await FindAsync(farm, wanted, cancellationToken))["verifying"]!) await Task.Delay(BetweenQuestions, cancellationToken);
            if ((string?)backup["problem"] is { } problem) throw new CommandFailedException(problem);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{wanted} is good.");
        });
        return command;
    }

    private static Command Remove()
    {
        var name = Name();
        var command = new Command("remove", "Remove a backup.") { name };
        FarmCommand.SetAction(command, async (parsed, farm, cancellationToken) =>
        {
            await farm.DeleteAsync($"{Path}/{Uri.EscapeDataString(parsed.GetValue(name)!)}", cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{parsed.GetValue(name)} is removed.");
        });
        return command;
    }

    private static Argument<string> Name() => new("NAME") { Description = "The name of the backup, as in the list." };

    private static IEnumerable<string> Parts(string[] words) =>
        words.SelectMany(word => word.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Where(part => part != "none");

    private static async Task<JsonNode> FindAsync(ManagerConnection farm, string name, CancellationToken cancellationToken) =>
        (await farm.GetAsync(Path, cancellationToken))["backups"]!.AsArray().FirstOrDefault(backup => (string)backup!["name"]! == name)
        ?? throw new CommandFailedException($"no such backup: {name}");

    private static string Content(JsonNode backup) => string.Join(", ", backup["with"]!.AsArray().Select(part => (string)part!).Prepend("database"));

    private static string CheckOf(JsonNode backup) =>
        backup["verified"] is null ? "not checked" : $"{(string?)backup["problem"] ?? "ok"} ({(DateTimeOffset)backup["verified"]!:yyyy-MM-dd HH:mm})";
}
