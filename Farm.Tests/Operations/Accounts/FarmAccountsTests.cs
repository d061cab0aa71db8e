using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;

namespace Farm.Tests.Operations.Accounts;

/// <summary>Registration, authentication and changes of accounts.</summary>
public sealed class FarmAccountsTests : IAsyncLifetime
{
    private static readonly Caller Here = new(Role.Operator, "127.0.0.1");
    private static readonly Caller Visitor = new(Role.Visitor, "192.168.1.7");

    private readonly AccountsFixture _farm = new();

    [Fact]
    public async Task A_registered_user_can_authenticate_with_the_password()
    {
        var lead = await _farm.Accounts.RegisterAsync(Here, "lead", "correct horse");
        Assert.Equal((1, "lead", true, Role.Artist), (lead.Id, lead.Username, lead.IsActive, lead.Role));
        Assert.Equal(lead, await _farm.Accounts.AuthenticateAsync(Caller.Farm, "lead", "correct horse"));
        Assert.Null(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "lead", "correct horsE"));
        Assert.Null(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "Lead", "correct horse"));
        Assert.Null(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "nobody", "correct horse"));
        Assert.Equal(lead, _farm.Accounts.Find(lead.Uuid));
        Assert.Equal(lead, _farm.Accounts.Find("lead"));
        Assert.Equal(lead, _farm.Accounts.Find(1));
    }

    [Fact]
    public async Task Passwords_appear_neither_in_the_store_nor_in_the_log()
    {
        await _farm.Accounts.RegisterAsync(Here, "lead", "correct horse");
        var hash = _farm.Store.Read(db => db.First("SELECT password_hash FROM accounts", row => row.GetString(0)))!;
        Assert.StartsWith("pbkdf2-sha256$200000$", hash);
        Assert.Equal(["Information: lead registered as artist"], _farm.Log.Lines);
    }

    [Fact]
    public async Task Names_are_unique_and_case_sensitive()
    {
        await _farm.Accounts.RegisterAsync(Here, "lead", "correct horse");
        await RefusedAsync(ErrorKind.Conflict, () => _farm.Accounts.RegisterAsync(Here, "lead", "another one"));
        await _farm.Accounts.RegisterAsync(Here, "Lead", "another one");
        Assert.Equal(["lead", "Lead"], _farm.Accounts.All().Select(account => account.Username));
    }

    [Fact]
    public async Task Of_concurrent_registrations_with_the_same_name_one_succeeds()
    {
        var all = Enumerable.Range(0, 6).Select(async number =>
        {
            try
            {
                return await _farm.Accounts.RegisterAsync(Here, "lead", $"password no {number}") is not null;
            }
            catch (FarmException taken) when (taken.Kind == ErrorKind.Conflict)
            {
                return false;
            }
        });
        Assert.Single(await Task.WhenAll(all), got => got);
        Assert.Single(_farm.Accounts.All());
    }

    [Theory]
    [InlineData("")]
    [InlineData("le\0ad")]
    [InlineData("lead\n")]
    public Task A_name_that_is_empty_or_has_control_characters_is_rejected(string name) =>
        RefusedAsync(ErrorKind.Invalid, () => _farm.Accounts.RegisterAsync(Here, name, "correct horse"));

    [Theory]
    [InlineData("short one")]
    [InlineData("Password123")]
    [InlineData("abababababab")]
    [InlineData("leadleadlead")]
    public async Task A_password_that_is_easily_guessed_is_rejected_whoever_sets_it(string password)
    {
        await RefusedAsync(ErrorKind.Invalid, () => _farm.Accounts.RegisterAsync(Here, "lead", password));
        await RefusedAsync(ErrorKind.Invalid, () => _farm.Accounts.AddAsync(Caller.Farm, "lead", password, Role.Artist));
        var lead = await _farm.Accounts.RegisterAsync(Here, "lead", "correct horse");
        await RefusedAsync(ErrorKind.Invalid, () => _farm.Accounts.SetPasswordAsync(Caller.Farm, lead.Id, password));
        Assert.NotNull(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "lead", "correct horse"));
    }

    [Fact]
    public async Task Who_registers_is_never_an_administrator_not_even_the_first()
    {
        Assert.Equal(Role.Artist, (await _farm.Accounts.RegisterAsync(Here, "first", "correct horse")).Role);
        Assert.Equal(Role.Artist, (await _farm.Accounts.RegisterAsync(Visitor, "second", "correct horse")).Role);
    }

    [Fact]
    public async Task Whoever_registers_waits_for_an_administrator_unless_registration_is_open()
    {
        Assert.True((await _farm.Accounts.RegisterAsync(Visitor, "free", "correct horse")).IsActive);
        Assert.False((await _farm.Accounts.RegisterAsync(Here, "asked", "correct horse", waits: true)).IsActive);
        _farm.CloseRegistration();
        Assert.False((await _farm.Accounts.RegisterAsync(Visitor, "waiting", "correct horse")).IsActive);
        Assert.False((await _farm.Accounts.RegisterAsync(Here, "local", "correct horse")).IsActive);
    }

    [Fact]
    public Task Before_the_farm_is_set_up_nobody_registers_from_another_machine() =>
        RefusedAsync(ErrorKind.Forbidden, () => _farm.Accounts.RegisterAsync(new Caller(Role.Viewer, "192.168.1.7"), "lead", "correct horse"));

    [Fact]
    public async Task The_setup_code_makes_the_first_administrator_and_works_once()
    {
        await _farm.Code.PublishAsync();
        var code = (await File.ReadAllTextAsync(_farm.Store.Directory.SetupCode)).Trim();
        Assert.Contains($"enter the setup code {code}", Assert.Single(_farm.CodeLog.Lines));
        await RefusedAsync(ErrorKind.Forbidden, () => _farm.Accounts.SetUpAsync(Caller.Farm, "aaaa-aaaa-aaaa", "thief", "correct horse"));

        var boss = await _farm.Accounts.SetUpAsync(Caller.Farm, $" {code.ToUpperInvariant()} ", "boss", "correct horse");
        Assert.Equal((Role.Administrator, true), (boss.Role, boss.IsActive));
        Assert.False(File.Exists(_farm.Store.Directory.SetupCode));
        await RefusedAsync(ErrorKind.Conflict, () => _farm.Accounts.SetUpAsync(Caller.Farm, code, "second", "correct horse"));

        await _farm.Code.PublishAsync();
        Assert.False(File.Exists(_farm.Store.Directory.SetupCode));
        Assert.Single(_farm.CodeLog.Lines);
    }

    [Fact]
    public async Task A_restart_keeps_the_setup_code()
    {
        await _farm.Code.PublishAsync();
        var code = await File.ReadAllTextAsync(_farm.Store.Directory.SetupCode);
        await _farm.RestartAsync();
        await _farm.Code.PublishAsync();
        Assert.Equal(code, await File.ReadAllTextAsync(_farm.Store.Directory.SetupCode));
    }

    [Fact]
    public async Task An_administrator_who_is_made_otherwise_uses_up_the_setup_code()
    {
        await _farm.Code.PublishAsync();
        var code = await File.ReadAllTextAsync(_farm.Store.Directory.SetupCode);
        await _farm.Accounts.AddAsync(Caller.Farm, "boss", "correct horse", Role.Administrator);
        Assert.False(File.Exists(_farm.Store.Directory.SetupCode));
        await RefusedAsync(ErrorKind.Conflict, () => _farm.Accounts.SetUpAsync(Caller.Farm, code, "second", "correct horse"));
    }

    [Fact]
    public async Task An_inactive_user_cannot_sign_in_until_activated()
    {
        var user = await _farm.Accounts.RegisterAsync(Here, "user", "correct horse", waits: true);
        Assert.Null(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "user", "correct horse"));
        await RefusedAsync(ErrorKind.Forbidden, () => _farm.Sessions.OpenAsync(user.Id, TimeSpan.FromHours(1)));
        await _farm.Accounts.ActivateAsync(Caller.Farm, user.Uuid);
        Assert.NotNull(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "user", "correct horse"));
    }

    [Fact]
    public async Task The_last_administrator_cannot_be_demoted_or_removed()
    {
        var first = await _farm.Accounts.AddAsync(Caller.Farm, "first", "correct horse", Role.Administrator);
        var second = await _farm.PersonAsync("second");
        await RefusedAsync(ErrorKind.Conflict, () => _farm.Accounts.SetRoleAsync(Caller.Farm, first.Id, Role.Operator));
        await RefusedAsync(ErrorKind.Conflict, () => _farm.Accounts.RemoveAsync(Caller.Farm, first.Id));
        await _farm.Accounts.SetRoleAsync(Caller.Farm, second.Id, Role.Administrator);
        await _farm.Accounts.SetRoleAsync(Caller.Farm, first.Id, Role.Operator);
        Assert.Equal([second.Id], _farm.Accounts.All().Where(account => account.IsAdministrator).Select(account => account.Id));
        await RefusedAsync(ErrorKind.NotFound, () => _farm.Accounts.SetRoleAsync(Caller.Farm, 99, Role.Administrator));
    }

    [Fact]
    public async Task A_new_password_ends_all_sessions()
    {
        var lead = await _farm.Accounts.RegisterAsync(Here, "lead", "correct horse");
        var session = await _farm.Sessions.OpenAsync(lead.Id, TimeSpan.FromHours(1));
        await _farm.Accounts.SetPasswordAsync(Caller.Farm, lead.Id, "battery staple");
        Assert.Null(_farm.Sessions.Find(session.Token));
        Assert.Null(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "lead", "correct horse"));
        Assert.NotNull(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "lead", "battery staple"));
    }

    [Fact]
    public async Task A_removed_account_cannot_sign_in_and_its_name_is_free_but_never_its_id()
    {
        var lead = await _farm.Accounts.RegisterAsync(Here, "lead", "correct horse");
        var session = await _farm.Sessions.OpenAsync(lead.Id, TimeSpan.FromHours(1));
        await _farm.Accounts.RemoveAsync(Signed(lead), lead.Id);
        Assert.Null(_farm.Sessions.Find(session.Token));
        Assert.Null(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "lead", "correct horse"));
        Assert.Empty(_farm.Accounts.All());
        Assert.NotEqual(lead.Id, (await _farm.Accounts.RegisterAsync(Here, "lead", "another one")).Id);
    }

    [Fact]
    public async Task People_change_their_own_account_and_only_administrators_those_of_others()
    {
        var lead = await _farm.Accounts.RegisterAsync(Here, "lead", "correct horse");
        var other = Signed(await _farm.Accounts.RegisterAsync(Here, "other", "correct horse"));
        foreach (var caller in new[] { other, Visitor, Here })
        {
            await RefusedAsync(ErrorKind.Forbidden, () => _farm.Accounts.SetPasswordAsync(caller, lead.Id, "battery staple"));
            await RefusedAsync(ErrorKind.Forbidden, () => _farm.Accounts.EndSessionsAsync(caller, lead.Id));
            await RefusedAsync(ErrorKind.Forbidden, () => _farm.Accounts.RemoveAsync(caller, lead.Id));
            await RefusedAsync(ErrorKind.Forbidden, () => _farm.Accounts.SetRoleAsync(caller, other.Account!.Id, Role.Administrator));
            await RefusedAsync(ErrorKind.Forbidden, () => _farm.Accounts.ActivateAsync(caller, lead.Uuid));
            await RefusedAsync(ErrorKind.Forbidden, () => _farm.Accounts.AddAsync(caller, "mine", "correct horse", Role.Artist));
        }

        var session = await _farm.Sessions.OpenAsync(lead.Id, TimeSpan.FromHours(1));
        await _farm.Accounts.EndSessionsAsync(Signed(lead), lead.Id);
        Assert.Null(_farm.Sessions.Find(session.Token));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    private static Caller Signed(Account account) => new(account.Role, "192.168.1.7", account);

    private static async Task RefusedAsync(ErrorKind refusal, Func<Task> call) =>
        Assert.Equal(refusal, (await Assert.ThrowsAsync<FarmException>(call)).Kind);
}
