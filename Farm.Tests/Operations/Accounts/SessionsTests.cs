using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;

namespace Farm.Tests.Operations.Accounts;

/// <summary>Users stay signed in between requests and across a restart, but not longer than configured.</summary>
public sealed class SessionsTests : IAsyncLifetime
{
    private static readonly TimeSpan Hours = TimeSpan.FromHours(8);

    private readonly AccountsFixture _farm = new();

    [Fact]
    public async Task A_token_identifies_its_account_until_the_session_ends()
    {
        var lead = await _farm.PersonAsync("lead");
        var session = await _farm.Sessions.OpenAsync(lead.Id, Hours);
        Assert.Matches("^[0-9a-f]{64}$", session.Token);
        Assert.Equal(_farm.Time.GetUtcNow() + Hours, session.ExpiresAt);
        Assert.Equal(lead, _farm.Sessions.Find(session.Token));
        Assert.Null(_farm.Sessions.Find(session.Token.ToUpperInvariant()));
        Assert.Null(_farm.Sessions.Find(""));
        await _farm.Sessions.EndAsync(session.Token);
        Assert.Null(_farm.Sessions.Find(session.Token));
    }

    [Fact]
    public async Task Each_sign_in_gets_its_own_token()
    {
        var lead = await _farm.PersonAsync("lead");
        var first = await _farm.Sessions.OpenAsync(lead.Id, Hours);
        var second = await _farm.Sessions.OpenAsync(lead.Id, Hours);
        Assert.NotEqual(first.Token, second.Token);
        await _farm.Sessions.EndAsync(first.Token);
        Assert.NotNull(_farm.Sessions.Find(second.Token));
    }

    [Fact]
    public async Task A_session_expires_unless_it_is_renewed()
    {
        var lead = await _farm.PersonAsync("lead");
        var session = await _farm.Sessions.OpenAsync(lead.Id, Hours);
        _farm.Time.Advance(Hours - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(_farm.Sessions.Find(session.Token));
        Assert.True(await _farm.Sessions.RenewAsync(session.Token, Hours));
        _farm.Time.Advance(Hours - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(_farm.Sessions.Find(session.Token));
        _farm.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(_farm.Sessions.Find(session.Token));
        Assert.False(await _farm.Sessions.RenewAsync(session.Token, Hours));
    }

    [Fact]
    public async Task Sessions_survive_a_restart()
    {
        var lead = await _farm.PersonAsync("lead");
        var session = await _farm.Sessions.OpenAsync(lead.Id, Hours);
        var lasting = await _farm.Sessions.OpenLastingAsync(lead.Id, Hours);
        await _farm.RestartAsync();
        Assert.Equal(lead, _farm.Sessions.Find(session.Token));
        Assert.Equal(lasting.Token, (await _farm.Sessions.OpenLastingAsync(lead.Id, Hours)).Token);
    }

    [Fact]
    public async Task A_lasting_session_keeps_its_token_while_it_is_valid()
    {
        var user = await _farm.PersonAsync("user");
        var first = await _farm.Sessions.OpenLastingAsync(user.Id, Hours);
        Assert.Matches("^[0-9a-f]{32}$", first.Token);
        _farm.Time.Advance(Hours / 2);
        var again = await _farm.Sessions.OpenLastingAsync(user.Id, Hours);
        Assert.Equal(first.Token, again.Token);
        Assert.Equal(_farm.Time.GetUtcNow() + Hours, again.ExpiresAt);

        _farm.Time.Advance(Hours);
        Assert.NotEqual(first.Token, (await _farm.Sessions.OpenLastingAsync(user.Id, Hours)).Token);
        Assert.Null(_farm.Sessions.Find(first.Token));
    }

    [Fact]
    public async Task A_new_lasting_session_after_ending_one_gets_a_new_token()
    {
        var user = await _farm.PersonAsync("user");
        var first = await _farm.Sessions.OpenLastingAsync(user.Id, Hours);
        await _farm.Sessions.EndAsync(first.Token);
        Assert.NotEqual(first.Token, (await _farm.Sessions.OpenLastingAsync(user.Id, Hours)).Token);
    }

    [Fact]
    public async Task A_lasting_session_can_be_opened_after_the_key_is_lost()
    {
        var user = await _farm.PersonAsync("user");
        var first = await _farm.Sessions.OpenLastingAsync(user.Id, Hours);
        File.Delete(_farm.Key);
        await _farm.RestartAsync();
        var again = await _farm.Sessions.OpenLastingAsync(user.Id, Hours);
        Assert.NotEqual(first.Token, again.Token);
        Assert.Equal(user, _farm.Sessions.Find(again.Token));
        Assert.Null(_farm.Sessions.Find(first.Token));
    }

    [Fact]
    public async Task Tokens_are_not_stored_in_clear_text()
    {
        var user = await _farm.PersonAsync("user");
        var session = await _farm.Sessions.OpenAsync(user.Id, Hours);
        var lasting = await _farm.Sessions.OpenLastingAsync(user.Id, Hours);
        var kept = _farm.Store.Read(db => db.All(
            "SELECT token_hash, nonce FROM sessions", row => Convert.ToHexStringLower([.. row.GetBytes(0), .. row.GetBytes(1)])));
        Assert.Equal(2, kept.Count);
        Assert.DoesNotContain(kept, text => text.Contains(session.Token) || text.Contains(lasting.Token));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_farm.Key));
    }

    [Fact]
    public async Task Account_changes_apply_to_existing_sessions()
    {
        await _farm.PersonAsync("admin");
        var lead = await _farm.PersonAsync("lead");
        var session = await _farm.Sessions.OpenAsync(lead.Id, Hours);
        await _farm.Accounts.SetRoleAsync(Caller.Farm, lead.Id, Role.Administrator);
        Assert.True(_farm.Sessions.Find(session.Token)!.IsAdministrator);
    }

    [Fact]
    public async Task All_expired_sessions_are_removed()
    {
        var lead = await _farm.PersonAsync("lead");
        for (var i = 0; i < 8; i++) await _farm.Sessions.OpenAsync(lead.Id, TimeSpan.FromMinutes(1));
        var lasting = await _farm.Sessions.OpenAsync(lead.Id, Hours);
        _farm.Time.Advance(TimeSpan.FromMinutes(1));
        await _farm.Sessions.RemoveExpiredAsync();
        Assert.Equal(1, _farm.Store.Read(db => db.Number("SELECT count(*) FROM sessions")));
        Assert.NotNull(_farm.Sessions.Find(lasting.Token));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _farm.DisposeAsync();
}
