using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Farm.Tests.Support;

namespace Farm.Tests.CommandLine;

/// <summary><c>farm account</c> as a process, against a farm.</summary>
[Collection(ProcessCollection.Name)]
public sealed class AccountCommandTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private TestFarm _farm = null!;

    private FarmAccounts Accounts => _farm.Service<FarmAccounts>();

    public async Task InitializeAsync() => _farm = await TestFarm.StartAsync(clock: TimeProvider.System, openRegistration: false);

    public async Task DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }

    [LinuxFact]
    public async Task Accounts_are_added_listed_changed_and_removed()
    {
        Assert.Equal("boss is added as administrator.\n", await SaysAsync("correct horse", "add", "boss", "--role", "administrator"));
        Assert.Equal("ada is added as artist.\n", await SaysAsync("correct horse", "add", "ada"));
        await Accounts.RegisterAsync(Caller.Farm, "bob", "correct horse");
        var list = await SaysAsync("", "list");
        Assert.Matches("(?m)^boss +administrator$", list);
        Assert.Matches("(?m)^ada +artist$", list);
        Assert.Matches("(?m)^bob +artist +waits for activation$", list);

        Assert.Equal("bob can sign in.\n", await SaysAsync("", "activate", "bob"));
        Assert.NotNull(await Accounts.AuthenticateAsync(Caller.Farm, "bob", "correct horse"));
        Assert.Equal("ada is now operator.\n", await SaysAsync("", "role", "ada", "operator"));
        Assert.Equal(Role.Operator, Accounts.Find("ada")!.Role);
        Assert.Equal("ada has a new password.\n", await SaysAsync("battery staple", "password", "ada"));
        Assert.NotNull(await Accounts.AuthenticateAsync(Caller.Farm, "ada", "battery staple"));

        var session = await _farm.Service<Sessions>().OpenAsync(Accounts.Find("ada")!.Id, TimeSpan.FromHours(1));
        Assert.Equal("ada is signed out everywhere.\n", await SaysAsync("", "sign-out", "ada"));
        Assert.Null(_farm.Service<Sessions>().Find(session.Token));
        Assert.Equal("ada is removed.\n", await SaysAsync("", "remove", "ada"));
        Assert.Null(Accounts.Find("ada"));
    }

    [LinuxFact]
    public async Task An_account_whose_answer_was_lost_is_added_once()
    {
        using var way = new LostAnswers(_farm.Client.BaseAddress!, 2);
        await using var process = FarmProcess.StartWithInput(
            "correct horse", _directory.Path, ["account", "add", "ada", "--url", way.Address.ToString(), "--data", Path.Combine(_farm.Data, "farm")]);
        Assert.Equal((0, "ada is added as artist.\n", ""), (await process.ExitAsync(), process.Output, process.Errors));
        Assert.Equal("ada", Assert.Single(Accounts.All()).Username);
    }

    [LinuxFact]
    public async Task Somebody_is_invited_and_gets_a_code_for_a_new_password()
    {
        await InviteAsync("battery staple", "eve is invited as operator", "invite", "eve", "--role", "operator");
        Assert.Equal((Role.Operator, true), (Accounts.Find("eve")!.Role, Accounts.Find("eve")!.IsActive));
        await InviteAsync("staple of battery", "eve can set a new password", "code", "eve");
        await SaysAsync("", "invite", "zoe");
        Assert.Matches("(?m)^zoe +artist +invited$", await SaysAsync("", "list"));
        await RefusesAsync("", "this person has not chosen a password yet", "activate", "zoe");
        await RefusesAsync("", "this username is taken", "invite", "eve");

        async Task InviteAsync(string password, string says, params string[] arguments)
        {
            var lines = (await SaysAsync("", arguments)).Split('\n');
            Assert.StartsWith($"{says}, on the farm's page /new-password, once, until ", lines[0]);
            await Accounts.UsePasswordCodeAsync(Caller.Farm, lines[1], password);
            Assert.NotNull(await Accounts.AuthenticateAsync(Caller.Farm, "eve", password));
        }
    }

    [LinuxFact]
    public async Task A_mistake_is_one_line_with_what_to_do()
    {
        await RefusesAsync("short", "at least 10 characters", "add", "boss");
        await RefusesAsync("", "no password on standard input", "add", "boss");
        await RefusesAsync("", "there is no account \"nobody\"; \"farm account list\" shows all", "remove", "nobody");
        await SaysAsync("correct horse", "add", "boss", "--role", "administrator");
        await RefusesAsync("", "cannot remove the last administrator", "remove", "boss");
        await RefusesAsync("correct horse", "this username is taken", "add", "boss");
    }

    private async Task<string> SaysAsync(string input, params string[] arguments)
    {
        await using var process = Run(input, arguments);
        Assert.Equal((0, ""), (await process.ExitAsync(), process.Errors));
        return process.Output;
    }

    private async Task RefusesAsync(string input, string because, params string[] arguments)
    {
        await using var process = Run(input, arguments);
        Assert.Equal(1, await process.ExitAsync());
        CommandError.AssertOneLine(process, because);
    }

    private FarmProcess Run(string input, string[] arguments) => FarmProcess.StartWithInput(
        input, _directory.Path, ["account", .. arguments, "--url", _farm.Client.BaseAddress!.ToString(), "--data", Path.Combine(_farm.Data, "farm")]);
}
