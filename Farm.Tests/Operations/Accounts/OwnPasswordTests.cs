using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;

namespace Farm.Tests.Operations.Accounts;

/// <summary>Whoever finds an open page of somebody cannot take their account over: a new password needs the present one.</summary>
public sealed class OwnPasswordTests : IAsyncLifetime
{
    private static readonly TimeSpan Hours = TimeSpan.FromHours(8);

    private readonly AccountsFixture _farm = new();
    private Account _boss = null!;

    public async Task InitializeAsync() => _boss = await _farm.Accounts.AddAsync(Caller.Farm, "boss", "correct horse", Role.Administrator);

    public Task DisposeAsync() => _farm.DisposeAsync().AsTask();

    [Fact]
    public async Task The_present_password_lets_everyone_change_their_own_and_only_the_other_sessions_end()
    {
        var artist = await _farm.Accounts.RegisterAsync(Caller.Farm, "ada", "correct horse");
        foreach (var account in (Account[])[artist, _boss])
        {
            var (here, there) = (await _farm.Sessions.OpenAsync(account.Id, Hours), await _farm.Sessions.OpenAsync(account.Id, Hours));
            var client = await _farm.Sessions.OpenLastingAsync(account.Id, Hours);
            await _farm.Accounts.ChangePasswordAsync(Signed(account), "correct horse", "battery staple", here.Token);
            Assert.NotNull(_farm.Sessions.Find(here.Token));
            Assert.Null(_farm.Sessions.Find(there.Token));
            Assert.Null(_farm.Sessions.Find(client.Token));
            Assert.Null(await _farm.Accounts.AuthenticateAsync(Caller.Farm, account.Username, "correct horse"));
            Assert.NotNull(await _farm.Accounts.AuthenticateAsync(Caller.Farm, account.Username, "battery staple"));
            await _farm.Accounts.ChangePasswordAsync(Signed(account), "battery staple", "correct horse", session: null);
            Assert.Null(_farm.Sessions.Find(here.Token));
        }
    }

    [Fact]
    public async Task A_wrong_present_password_changes_nothing_and_is_counted_with_the_sign_ins()
    {
        var caller = Signed(_boss);
        var session = await _farm.Sessions.OpenAsync(_boss.Id, Hours);
        for (var guess = 0; guess < LoginThrottle.MaxPerName; guess++)
        {
            var refused = await RefusedAsync(ErrorKind.Forbidden, () => _farm.Accounts.ChangePasswordAsync(caller, $"guess {guess}", "battery staple", session.Token));
            Assert.Equal("the present password is wrong", refused.Message);
        }

        await RefusedAsync(ErrorKind.Exhausted, () => _farm.Accounts.ChangePasswordAsync(caller, "correct horse", "battery staple", session.Token));
        await RefusedAsync(ErrorKind.Exhausted, () => _farm.Accounts.AuthenticateAsync(caller, "boss", "correct horse"));
        Assert.NotNull(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "boss", "correct horse"));
        Assert.NotNull(_farm.Sessions.Find(session.Token));
    }

    [Fact]
    public async Task Nobody_goes_around_the_present_password_not_even_an_administrator_or_with_a_code()
    {
        var caller = Signed(_boss);
        await RefusedAsync(ErrorKind.Forbidden, () => _farm.Accounts.SetPasswordAsync(caller, _boss.Id, "battery staple"));
        await RefusedAsync(ErrorKind.Forbidden, () => _farm.Accounts.ResetPasswordAsync(caller, _boss.Id, "battery staple"));
        await RefusedAsync(ErrorKind.Forbidden, () => _farm.Accounts.MakePasswordCodeAsync(caller, _boss.Id));
        var ada = await _farm.Accounts.RegisterAsync(Caller.Farm, "ada", "correct horse");
        await RefusedAsync(ErrorKind.Forbidden, () => _farm.Accounts.SetPasswordAsync(Signed(ada), ada.Id, "battery staple"));
        Assert.NotNull(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "ada", "correct horse"));

        await _farm.Accounts.SetPasswordAsync(caller, ada.Id, "battery staple");
        Assert.NotNull(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "ada", "battery staple"));
    }

    [Fact]
    public async Task A_token_neither_changes_the_password_nor_locks_its_owner_out()
    {
        var ada = await _farm.Accounts.RegisterAsync(Caller.Farm, "ada", "correct horse");
        var tool = Signed(ada) with { Token = new Token(1, "tool", Role.Artist, ada.Id, "ada", null, 0, null, null) };
        await RefusedAsync(ErrorKind.Forbidden, () => _farm.Accounts.ChangePasswordAsync(tool, "correct horse", "battery staple", null));
        await RefusedAsync(ErrorKind.Forbidden, () => _farm.Accounts.EndSessionsAsync(tool, ada.Id));
        await RefusedAsync(ErrorKind.Forbidden, () => _farm.Accounts.RemoveAsync(tool, ada.Id));
        Assert.NotNull(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "ada", "correct horse"));
    }

    [Theory]
    [InlineData("short one")]
    [InlineData("Password123")]
    [InlineData("bossbossboss")]
    [InlineData("correct horse")]
    public async Task A_new_password_that_is_easily_guessed_or_the_present_one_is_rejected(string password)
    {
        await RefusedAsync(ErrorKind.Invalid, () => _farm.Accounts.ChangePasswordAsync(Signed(_boss), "correct horse", password, null));
        Assert.NotNull(await _farm.Accounts.AuthenticateAsync(Caller.Farm, "boss", "correct horse"));
    }

    [Fact]
    public Task Without_an_account_there_is_no_own_password() =>
        RefusedAsync(ErrorKind.Forbidden, () => _farm.Accounts.ChangePasswordAsync(new Caller(Role.Operator, "127.0.0.1"), "correct horse", "battery staple", null));

    private static Caller Signed(Account account) => new(account.Role, "192.168.1.7", account);

    private static async Task<FarmException> RefusedAsync(ErrorKind refusal, Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<FarmException>(call);
        Assert.Equal(refusal, refused.Kind);
        return refused;
    }
}
