using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;

namespace Farm.Tests.Operations.Accounts;

/// <summary>An administrator helps somebody to a password without ever knowing it.</summary>
public sealed class PasswordCodesTests : IAsyncLifetime
{
    private static readonly Caller Visitor = new(Role.Visitor, "192.168.1.7");

    private readonly AccountsFixture _farm = new();
    private Caller _boss = null!;

    public async Task InitializeAsync()
    {
        var boss = await _farm.Accounts.AddAsync(Caller.Farm, "boss", "correct horse", Role.Administrator);
        _boss = new Caller(boss.Role, "192.168.1.2", boss);
    }

    public Task DisposeAsync() => _farm.DisposeAsync().AsTask();

    [Fact]
    public async Task Who_is_invited_chooses_a_password_and_is_what_the_administrator_said()
    {
        var made = await _farm.Accounts.InviteAsync(_boss, "ada", Role.Operator);
        Assert.Matches("^[a-z2-9]{4}(-[a-z2-9]{4}){3}$", made.Code);
        Assert.Equal(_farm.Time.GetUtcNow() + TimeSpan.FromDays(1), made.ExpiresAt);
        Assert.Equal(("ada", false, Role.Operator), (made.Account.Username, made.Account.IsActive, made.Account.Role));
        Assert.Null(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "ada", ""));
        Assert.Null(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "ada", made.Code));
        await RefusedAsync(ErrorKind.Conflict, () => _farm.Accounts.ActivateAsync(_boss, made.Account.Uuid));

        var ada = await _farm.Accounts.UsePasswordCodeAsync(Visitor, $"  {made.Code.ToUpperInvariant()} ", "battery staple");
        Assert.Equal(made.Account with { IsActive = true }, ada);
        Assert.NotNull(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "ada", "battery staple"));
        await RefusedAsync(ErrorKind.Forbidden, () => _farm.Accounts.UsePasswordCodeAsync(Visitor, made.Code, "another password"));
        Assert.NotNull(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "ada", "battery staple"));
    }

    [Fact]
    public async Task A_code_lets_the_present_password_and_sessions_be_until_it_is_used()
    {
        var ada = await _farm.Accounts.AddAsync(_boss, "ada", "correct horse", Role.Artist);
        var session = await _farm.Sessions.OpenAsync(ada.Id, TimeSpan.FromDays(9));
        var made = await _farm.Accounts.MakePasswordCodeAsync(_boss, ada.Id);
        Assert.NotNull(_farm.Sessions.Find(session.Token));
        Assert.NotNull(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "ada", "correct horse"));

        await RefusedAsync(ErrorKind.Invalid, () => _farm.Accounts.UsePasswordCodeAsync(Visitor, made.Code, "short one"));
        await _farm.Accounts.UsePasswordCodeAsync(Visitor, made.Code, "battery staple");
        Assert.Null(_farm.Sessions.Find(session.Token));
        Assert.Null(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "ada", "correct horse"));
        Assert.NotNull(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "ada", "battery staple"));
    }

    [Fact]
    public async Task A_code_ends_after_a_day_with_another_one_with_a_new_password_and_with_the_account()
    {
        var ada = await _farm.Accounts.AddAsync(_boss, "ada", "correct horse", Role.Artist);
        var first = await MakeAsync(ada);
        var second = await MakeAsync(ada);
        await UselessAsync(first);
        _farm.Time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1));
        var third = await MakeAsync(ada);
        _farm.Time.Advance(TimeSpan.FromDays(1));
        await UselessAsync(second);
        await UselessAsync(third);

        var beforeChange = await MakeAsync(ada);
        await _farm.Accounts.ChangePasswordAsync(new Caller(Role.Artist, "192.168.1.7", ada), "correct horse", "battery staple", null);
        await UselessAsync(beforeChange);
        var beforeReset = await MakeAsync(ada);
        await _farm.Accounts.SetPasswordAsync(_boss, ada.Id, "staple of battery");
        await UselessAsync(beforeReset);
        var beforeRemoval = await MakeAsync(ada);
        await _farm.Accounts.RemoveAsync(_boss, ada.Id);
        await UselessAsync(beforeRemoval);
    }

    [Fact]
    public async Task An_expired_invitation_is_made_anew_and_still_lets_somebody_in()
    {
        var made = await _farm.Accounts.InviteAsync(_boss, "ada", Role.Artist);
        _farm.Time.Advance(TimeSpan.FromDays(1));
        await UselessAsync(made.Code);
        Assert.True((await _farm.Accounts.UsePasswordCodeAsync(Visitor, await MakeAsync(made.Account), "battery staple")).IsActive);
    }

    [Fact]
    public async Task Who_waits_for_activation_still_waits_with_a_new_password()
    {
        var ada = await _farm.Accounts.RegisterAsync(Visitor, "ada", "correct horse", waits: true);
        var account = await _farm.Accounts.UsePasswordCodeAsync(Visitor, await MakeAsync(ada), "battery staple");
        Assert.False(account.IsActive);
        Assert.Null(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "ada", "battery staple"));
    }

    [Fact]
    public async Task An_invited_administrator_does_not_count_before_they_can_sign_in()
    {
        var made = await _farm.Accounts.InviteAsync(_boss, "second", Role.Administrator);
        await RefusedAsync(ErrorKind.Conflict, () => _farm.Accounts.RemoveAsync(_boss, _boss.Account!.Id));
        await _farm.Accounts.UsePasswordCodeAsync(Visitor, made.Code, "battery staple");
        await _farm.Accounts.RemoveAsync(_boss, _boss.Account!.Id);
        Assert.Equal(["second"], _farm.Accounts.All().Select(account => account.Username));
    }

    [Fact]
    public async Task Codes_cannot_be_guessed_without_end()
    {
        var made = await _farm.Accounts.InviteAsync(_boss, "ada", Role.Artist);
        for (var guess = 0; guess < LoginThrottle.MaxPerName; guess++) await UselessAsync($"aaaa-aaaa-aaaa-{guess}");
        await RefusedAsync(ErrorKind.Exhausted, () => _farm.Accounts.UsePasswordCodeAsync(Visitor, made.Code, "battery staple"));
        Assert.NotNull(await _farm.Accounts.UsePasswordCodeAsync(Visitor with { Address = "192.168.1.8" }, made.Code, "battery staple"));
    }

    [Fact]
    public async Task Of_two_who_use_a_code_at_once_one_sets_the_password()
    {
        var made = await _farm.Accounts.InviteAsync(_boss, "ada", Role.Artist);
        var uses = ((string[])["battery staple", "staple of battery"]).Select(async password =>
        {
            try
            {
                await _farm.Accounts.UsePasswordCodeAsync(Visitor, made.Code, password);
                return password;
            }
            catch (FarmException late) when (late.Kind == ErrorKind.Forbidden)
            {
                return null;
            }
        });
        var winner = Assert.Single((await Task.WhenAll(uses)).OfType<string>());
        Assert.NotNull(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "ada", winner));
    }

    [Fact]
    public async Task Only_administrators_invite_and_make_codes_and_none_is_in_the_store_the_log_or_the_audit()
    {
        var ada = await _farm.PersonAsync("ada");
        var artist = new Caller(Role.Artist, "192.168.1.7", ada);
        foreach (var caller in (Caller[])[artist, Visitor, new Caller(Role.Operator, "127.0.0.1")])
        {
            await RefusedAsync(ErrorKind.Forbidden, () => _farm.Accounts.InviteAsync(caller, "eve", Role.Artist));
            await RefusedAsync(ErrorKind.Forbidden, () => _farm.Accounts.MakePasswordCodeAsync(caller, _boss.Account!.Id));
        }

        await RefusedAsync(ErrorKind.Conflict, () => _farm.Accounts.InviteAsync(_boss, "ada", Role.Artist));
        await RefusedAsync(ErrorKind.Invalid, () => _farm.Accounts.InviteAsync(_boss, "", Role.Artist));
        await RefusedAsync(ErrorKind.NotFound, () => _farm.Accounts.MakePasswordCodeAsync(_boss, 99));
        var code = (await _farm.Accounts.InviteAsync(_boss, "eve", Role.Artist)).Code;
        Assert.DoesNotContain(_farm.Log.Lines, line => line.Contains(code, StringComparison.Ordinal));
        var stored = _farm.Store.Read(db => db.First("SELECT hex(code_hash) FROM password_codes", row => row.GetString(0)))!;
        Assert.Equal(Convert.ToHexString(SessionTokens.Hash(code)), stored);
        Assert.Equal(0, _farm.Store.Read(db => db.First($"SELECT count(*) FROM audit WHERE coalesce(old_value, '') || coalesce(new_value, '') || target_name LIKE '%{code}%'", row => row.GetInt64(0))));
    }

    private async Task<string> MakeAsync(Account account) => (await _farm.Accounts.MakePasswordCodeAsync(_boss, account.Id)).Code;

    private Task UselessAsync(string code) => RefusedAsync(ErrorKind.Forbidden, () => _farm.Accounts.UsePasswordCodeAsync(Visitor, code, "yet another one"));

    private static async Task RefusedAsync(ErrorKind refusal, Func<Task> call) =>
        Assert.Equal(refusal, (await Assert.ThrowsAsync<FarmException>(call)).Kind);
}
