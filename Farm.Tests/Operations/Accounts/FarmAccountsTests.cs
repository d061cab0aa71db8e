using Farm.Server.Domain;
using Farm.Server.Operations.Accounts;

namespace Farm.Tests.Operations.Accounts;

/// <summary>Registration, authentication and changes of accounts.</summary>
public sealed class FarmAccountsTests : IAsyncLifetime
{
    private readonly AccountsFixture _farm = new();

    [Fact]
    public async Task A_registered_user_can_authenticate_with_the_password()
    {
        var lead = await _farm.Accounts.RegisterAsync("lead", "correct horse");
        Assert.Equal((1, "lead", true), (lead.Id, lead.Username, lead.IsActive));
        Assert.Equal(lead, await _farm.Accounts.AuthenticateAsync("lead", "correct horse"));
        Assert.Null(await _farm.Accounts.AuthenticateAsync("lead", "correct horsE"));
        Assert.Null(await _farm.Accounts.AuthenticateAsync("Lead", "correct horse"));
        Assert.Null(await _farm.Accounts.AuthenticateAsync("nobody", "correct horse"));
        Assert.Equal(lead, _farm.Accounts.Find(lead.Uuid));
        Assert.Equal(lead, _farm.Accounts.Find("lead"));
        Assert.Equal(lead, _farm.Accounts.Find(1));
    }

    [Fact]
    public async Task Passwords_appear_neither_in_the_store_nor_in_the_log()
    {
        await _farm.Accounts.RegisterAsync("lead", "correct horse");
        var hash = _farm.Store.Read(db => db.First("SELECT password_hash FROM accounts", row => row.GetString(0)))!;
        Assert.StartsWith("pbkdf2-sha256$200000$", hash);
        Assert.Equal(["Information: lead registered, administrator"], _farm.Log.Lines);
    }

    [Fact]
    public async Task Names_are_unique_and_case_sensitive()
    {
        await _farm.Accounts.RegisterAsync("lead", "correct horse");
        await RefusedAsync(ErrorKind.Conflict, () => _farm.Accounts.RegisterAsync("lead", "another one"));
        await _farm.Accounts.RegisterAsync("Lead", "another one");
        Assert.Equal(["lead", "Lead"], _farm.Accounts.All().Select(account => account.Username));
    }

    [Fact]
    public async Task Of_concurrent_registrations_with_the_same_name_one_succeeds()
    {
        var all = Enumerable.Range(0, 6).Select(async number =>
        {
            try
            {
                return await _farm.Accounts.RegisterAsync("lead", $"password {number}") is not null;
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
        RefusedAsync(ErrorKind.Invalid, () => _farm.Accounts.RegisterAsync(name, "correct horse"));

    [Fact]
    public async Task Only_the_first_active_user_becomes_administrator()
    {
        var waiting = await _farm.Accounts.RegisterAsync("waiting", "password 1", waits: true);
        var first = await _farm.Accounts.RegisterAsync("first", "password 2");
        var second = await _farm.Accounts.RegisterAsync("second", "password 3");
        var activated = await _farm.Accounts.ActivateAsync(waiting.Uuid);
        Assert.Equal([false, true, false, false], new[] { waiting, first, second, activated }.Select(account => account.IsAdministrator));
    }

    [Fact]
    public async Task The_first_activated_user_becomes_administrator_if_there_is_none()
    {
        var waiting = await _farm.Accounts.RegisterAsync("waiting", "password 1", waits: true);
        Assert.True((await _farm.Accounts.ActivateAsync(waiting.Uuid)).IsAdministrator);
        Assert.False((await _farm.Accounts.RegisterAsync("second", "password 3")).IsAdministrator);
    }

    [Fact]
    public async Task Whoever_registers_himself_waits_for_an_administrator_unless_registration_is_open()
    {
        var first = await _farm.Accounts.RegisterAsync("first", "password 1");
        var second = await _farm.Accounts.RegisterAsync("second", "password 2");
        Assert.Equal((true, false), (first.IsActive, second.IsActive));
        Assert.Null(await _farm.Accounts.AuthenticateAsync("second", "password 2"));
        await RefusedAsync(ErrorKind.Forbidden, () => _farm.Accounts.ActivateAsync(second, second.Uuid));
        Assert.False(_farm.Accounts.Find(second.Id)!.IsActive);
        await _farm.Accounts.ActivateAsync(first, second.Uuid);
        Assert.NotNull(await _farm.Accounts.AuthenticateAsync("second", "password 2"));

        _farm.Settings = new AccountSettings { OpenRegistration = true };
        await _farm.RestartAsync();
        Assert.True((await _farm.Accounts.RegisterAsync("third", "password 3")).IsActive);
        Assert.False((await _farm.Accounts.RegisterAsync("fourth", "password 4", waits: true)).IsActive);
    }

    [Fact]
    public async Task An_inactive_user_cannot_sign_in_until_activated()
    {
        var user = await _farm.Accounts.RegisterAsync("user", "correct horse", waits: true);
        Assert.Null(await _farm.Accounts.AuthenticateAsync("user", "correct horse"));
        await RefusedAsync(ErrorKind.Forbidden, () => _farm.Sessions.OpenAsync(user.Id, TimeSpan.FromHours(1)));
        await _farm.Accounts.ActivateAsync(user.Uuid);
        Assert.NotNull(await _farm.Accounts.AuthenticateAsync("user", "correct horse"));
    }

    [Fact]
    public async Task The_last_administrator_cannot_be_demoted()
    {
        var first = await _farm.Accounts.RegisterAsync("first", "password 1");
        var second = await _farm.PersonAsync("second");
        await RefusedAsync(ErrorKind.Conflict, () => _farm.Accounts.SetAdministratorAsync(first.Id, false));
        await _farm.Accounts.SetAdministratorAsync(second.Id, true);
        await _farm.Accounts.SetAdministratorAsync(first.Id, false);
        Assert.Equal([second.Id], _farm.Accounts.All().Where(account => account.IsAdministrator).Select(account => account.Id));
        await RefusedAsync(ErrorKind.NotFound, () => _farm.Accounts.SetAdministratorAsync(99, true));
    }

    [Fact]
    public async Task A_new_password_ends_all_sessions()
    {
        var lead = await _farm.Accounts.RegisterAsync("lead", "correct horse");
        var session = await _farm.Sessions.OpenAsync(lead.Id, TimeSpan.FromHours(1));
        await _farm.Accounts.SetPasswordAsync(lead.Id, "battery staple");
        Assert.Null(_farm.Sessions.Find(session.Token));
        Assert.Null(await _farm.Accounts.AuthenticateAsync("lead", "correct horse"));
        Assert.NotNull(await _farm.Accounts.AuthenticateAsync("lead", "battery staple"));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    private static async Task RefusedAsync(ErrorKind refusal, Func<Task> call) =>
        Assert.Equal(refusal, (await Assert.ThrowsAsync<FarmException>(call)).Kind);
}
