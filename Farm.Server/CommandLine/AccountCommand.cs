using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Farm.Server.CommandLine.Terminal;
using Farm.Server.Domain.Accounts;

namespace Farm.Server.CommandLine;

/// <summary><c>farm account</c>: manages the accounts of a running farm, on the server's machine.</summary>
internal static class AccountCommand
{
    private const string Path = "/api/farm/v1/accounts";

    /// <summary>The command.</summary>
    public static Command Create() => new("account", "Manage people's accounts; on the server's machine.")
    {
        List(),
        Add(),
        Invite(),
        Password(),
        Code(),
        SetRole(),
        Verb("activate", "Allow an account to sign in.", (farm, id, cancellationToken) => farm.PostAsync($"{Path}/{id}/activate", null, cancellationToken), "can sign in"),
        Verb("sign-out", "End all sessions of an account.", (farm, id, cancellationToken) => farm.PostAsync($"{Path}/{id}/sign-out", null, cancellationToken), "is signed out everywhere"),
        Verb("remove", "Remove an account; its name becomes free.", (farm, id, cancellationToken) => farm.DeleteAsync($"{Path}/{id}", cancellationToken), "is removed"),
    };

    private static Command List()
    {
        var command = new Command("list", "List the accounts.");
        FarmCommand.SetAction(command, async (parsed, farm, cancellationToken) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            foreach (var account in await AllAsync(farm, cancellationToken))
                await output.WriteLineAsync($"{(string)account["username"]!,-20} {(string)account["role"]!,-14} {State(account)}".TrimEnd());
        });
        return command;
    }

    private static Command Add()
    {
        var name = Name();
        var role = RoleOption();
        var command = new Command("add", "Add an account; reads its password from standard input.") { name, role };
        FarmCommand.SetAction(command, async (parsed, farm, cancellationToken) =>
        {
            var body = new JsonObject
            {
                ["username"] = parsed.GetValue(name),
                ["password"] = await PasswordAsync(parsed, cancellationToken),
                ["role"] = parsed.GetValue(role)!,
            };
            await farm.PostAsync(Path, body, cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{parsed.GetValue(name)} is added as {parsed.GetValue(role)}.");
        });
        return command;
    }

    private static Command Invite()
    {
        var name = Name();
        var role = RoleOption();
        var command = new Command("invite", "Add an account for somebody who chooses its password, and print the code for that, which is shown only now.") { name, role };
        FarmCommand.SetAction(command, async (parsed, farm, cancellationToken) =>
        {
            var made = await farm.PostAsync("/api/farm/v1/invitations", new JsonObject { ["username"] = parsed.GetValue(name), ["role"] = parsed.GetValue(role) }, cancellationToken);
            await WriteCodeAsync(parsed, $"{parsed.GetValue(name)} is invited as {parsed.GetValue(role)}", made);
        });
        return command;
    }

    private static Command Code()
    {
        var name = Name();
        var command = new Command("code", "Print a code with which somebody sets a new password, once; it is shown only now.") { name };
        FarmCommand.SetAction(command, async (parsed, farm, cancellationToken) =>
        {
            var made = await farm.PostAsync($"{Path}/{await IdAsync(farm, parsed.GetValue(name)!, cancellationToken)}/code", null, cancellationToken);
            await WriteCodeAsync(parsed, $"{parsed.GetValue(name)} can set a new password", made);
        });
        return command;
    }

    /// <summary>The code is the last line, for scripts.</summary>
    private static async Task WriteCodeAsync(ParseResult parsed, string done, JsonNode made)
    {
        var expires = ((DateTimeOffset)made["expires"]!).ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var output = parsed.InvocationConfiguration.Output;
        await output.WriteLineAsync($"{done}, on the farm's page {(string)made["page"]!}, once, until {expires}, with this code:");
        await output.WriteLineAsync((string)made["code"]!);
    }

    private static Command Password()
    {
        var name = Name();
        var command = new Command("password", "Set the password of an account, read from standard input; ends its sessions.") { name };
        FarmCommand.SetAction(command, async (parsed, farm, cancellationToken) =>
        {
            var id = await IdAsync(farm, parsed.GetValue(name)!, cancellationToken);
            await farm.PutAsync($"{Path}/{id}/password", new JsonObject { ["password"] = await PasswordAsync(parsed, cancellationToken) }, cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{parsed.GetValue(name)} has a new password.");
        });
        return command;
    }

    private static Command SetRole()
    {
        var name = Name();
        var role = new Argument<string>("role") { Description = $"The role: {Roles}." };
        role.AcceptOnlyFromAmong([.. RoleNames.OfAccounts.Select(known => known.Name())]);
        var command = new Command("role", "Set the role of an account.") { name, role };
        FarmCommand.SetAction(command, async (parsed, farm, cancellationToken) =>
        {
            var id = await IdAsync(farm, parsed.GetValue(name)!, cancellationToken);
            await farm.PutAsync($"{Path}/{id}/role", new JsonObject { ["role"] = parsed.GetValue(role) }, cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{parsed.GetValue(name)} is now {parsed.GetValue(role)}.");
        });
        return command;
    }

    private static Command Verb(string verb, string description, Func<ManagerConnection, string, CancellationToken, Task> action, string done)
    {
        var name = Name();
        var command = new Command(verb, description) { name };
        FarmCommand.SetAction(command, async (parsed, farm, cancellationToken) =>
        {
            await action(farm, await IdAsync(farm, parsed.GetValue(name)!, cancellationToken), cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{parsed.GetValue(name)} {done}.");
        });
        return command;
    }

    private static string State(JsonNode account) =>
        (bool)account["active"]! ? ""
        : !(bool)account["invited"]! ? "waits for activation"
        : (DateTimeOffset)account["codeExpires"]! > TimeProvider.System.GetUtcNow() ? "invited"
        : "invited, the code has expired";

    private static async Task<IReadOnlyList<JsonNode>> AllAsync(ManagerConnection farm, CancellationToken cancellationToken) =>
        [.. (await farm.GetAsync(Path, cancellationToken))["accounts"]!.AsArray().Select(account => account!)];

    private static async Task<string> IdAsync(ManagerConnection farm, string name, CancellationToken cancellationToken) =>
        (await AllAsync(farm, cancellationToken)).FirstOrDefault(account => (string)account["username"]! == name) is { } found
            ? (string)found["id"]!
            : throw new CommandFailedException($"there is no account \"{name}\"; \"farm account list\" shows all");

    /// <summary>Not an argument, because other users of the machine can read those.</summary>
    private static async Task<string> PasswordAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var typed = Console.IsInputRedirected ? await Console.In.ReadLineAsync(cancellationToken) : await HiddenInput.ReadAsync(parsed.InvocationConfiguration.Error, "Password: ");
        return typed is { Length: > 0 } password ? password : throw new CommandFailedException("no password on standard input");
    }

    private static string Roles => string.Join(", ", RoleNames.OfAccounts.Select(role => role.Name()));

    private static Argument<string> Name() => new("name") { Description = "The name of the account." };

    private static Option<string> RoleOption()
    {
        var option = new Option<string>("--role") { Description = $"The role: {Roles}.", DefaultValueFactory = _ => Role.Artist.Name() };
        option.AcceptOnlyFromAmong([.. RoleNames.OfAccounts.Select(known => known.Name())]);
        return option;
    }
}
