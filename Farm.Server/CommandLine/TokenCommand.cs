using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Farm.Server.Domain.Accounts;

namespace Farm.Server.CommandLine;

/// <summary><c>farm token</c>: manages the tokens of tools and workers of a running farm, on the server's machine.</summary>
internal static class TokenCommand
{
    private const string Path = "/api/farm/v1/tokens";

    /// <summary>The command.</summary>
    public static Command Create() => new("token", "Manage the tokens of tools and workers; on the server's machine.") { List(), Add(), Remove() };

    private static Command List()
    {
        var command = new Command("list", "List the tokens, without their secrets.");
        FarmCommand.SetAction(command, async (parsed, farm, cancellationToken) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            foreach (var token in (await farm.GetAsync(Path, cancellationToken))["tokens"]!.AsArray())
            {
                var owner = (string?)token!["account"] ?? "the farm";
                var expires = token["expires"] is { } moment ? $"until {Moment(moment)}" : "for ever";
                var used = token["lastUsed"] is { } last ? $"used {Moment(last)}" : "never used";
                await output.WriteLineAsync($"{(long)token["id"]!,-5} {(string)token["name"]!,-24} {(string)token["role"]!,-14} {owner,-16} {expires}, {used}");
            }
        });
        return command;
    }

    private static Command Add()
    {
        var name = new Argument<string>("name") { Description = "What the token is for." };
        var role = new Option<string>("--role") { Description = $"The most that its user is: {Roles}.", Required = true };
        role.AcceptOnlyFromAmong([.. RoleNames.OfTokens.Select(known => known.Name())]);
        var days = new Option<double?>("--days") { Description = "After how many days it stops working; by default never.", HelpName = "DAYS" };
        var command = new Command("add", "Make a token of the farm itself, and print its secret, which is shown only now.") { name, role, days };
        FarmCommand.SetAction(command, async (parsed, farm, cancellationToken) =>
        {
            var body = new JsonObject { ["name"] = parsed.GetValue(name), ["role"] = parsed.GetValue(role) };
            if (parsed.GetValue(days) is { } limited) body["days"] = limited;
            var made = await farm.PostAsync(Path, body, cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync((string)made["secret"]!);
        });
        return command;
    }

    private static Command Remove()
    {
        var id = new Argument<long>("id") { Description = "The number of the token, as \"farm token list\" shows it." };
        var command = new Command("remove", "Make a token useless.") { id };
        FarmCommand.SetAction(command, async (parsed, farm, cancellationToken) =>
        {
            await farm.DeleteAsync($"{Path}/{parsed.GetValue(id)}", cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"Token {parsed.GetValue(id)} is removed.");
        });
        return command;
    }

    private static string Roles => string.Join(", ", RoleNames.OfTokens.Select(role => role.Name()));

    private static string Moment(JsonNode moment) => ((DateTimeOffset)moment).ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
