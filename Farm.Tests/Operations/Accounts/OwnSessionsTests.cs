using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;

namespace Farm.Tests.Operations.Accounts;

/// <summary>People see where they are signed in, and end what they do not know.</summary>
public sealed class OwnSessionsTests : IAsyncLifetime
{
    private static readonly TimeSpan Hours = TimeSpan.FromHours(8);

    private readonly AccountsFixture _farm = new();
    private Caller _ada = null!;

    private OwnSessions Own => new(_farm.Store, _farm.Audit, _farm.Time);

    public async Task InitializeAsync() => _ada = new Caller(Role.Artist, "192.168.1.7", await _farm.PersonAsync("ada"));

    public Task DisposeAsync() => _farm.DisposeAsync().AsTask();

    [Fact]
    public async Task Each_tells_when_from_where_and_when_it_was_used_and_which_is_this_one()
    {
        var before = await OpenAsync("192.168.1.7");
        var began = _farm.Time.GetUtcNow();
        _farm.Time.Advance(TimeSpan.FromHours(1));
        var here = await OpenAsync("192.168.1.8");
        await _farm.Sessions.OpenLastingAsync(_ada.Account!.Id, Hours);
        _farm.Sessions.Find(before);
        _farm.Time.Advance(TimeSpan.FromHours(1));
        Assert.All(Own.All(_ada, here), session => Assert.Null(session.SeenAt));
        await _farm.Sessions.WriteUsesAsync();

        var all = Own.All(_ada, here);
        Assert.Equal([("", true, false), ("192.168.1.8", false, true), ("192.168.1.7", false, false)], all.Select(session => (session.Address, session.IsLasting, session.IsCurrent)));
        Assert.Equal((Milliseconds(began), Milliseconds(began.AddHours(1)), Milliseconds(began + Hours)), (all[2].CreatedAt, all[2].SeenAt, all[2].ExpiresAt));
        _farm.Time.Advance(TimeSpan.FromHours(6));
        Assert.Equal(2, Own.All(_ada, null).Count);
    }

    [Fact]
    public async Task One_is_ended_or_all_others_or_all_and_nobody_elses()
    {
        var other = await _farm.PersonAsync("other");
        var others = await _farm.Sessions.OpenAsync(other.Id, Hours);
        string[] tokens = [await OpenAsync("a"), await OpenAsync("b"), await OpenAsync("c")];
        var last = Own.All(_ada, null).Single(session => session.Address == "c");
        await Own.EndAsync(_ada, last.Id);
        Assert.Equal([true, true, false], tokens.Select(token => _farm.Sessions.Find(token) is not null));
        await RefusedAsync(ErrorKind.NotFound, () => Own.EndAsync(_ada, last.Id));
        var theirs = Own.All(new Caller(Role.Artist, "", other), null).Single();
        await RefusedAsync(ErrorKind.NotFound, () => Own.EndAsync(_ada, theirs.Id));

        Assert.Equal(1, await Own.EndOthersAsync(_ada, tokens[0]));
        Assert.Equal([true, false, false], tokens.Select(token => _farm.Sessions.Find(token) is not null));
        Assert.Equal(1, await Own.EndOthersAsync(_ada, null));
        Assert.Empty(Own.All(_ada, null));
        Assert.NotNull(_farm.Sessions.Find(others.Token));
    }

    [Fact]
    public async Task Neither_a_visitor_nor_a_token_sees_or_ends_any()
    {
        var here = await OpenAsync("192.168.1.7");
        var tool = _ada with { Token = new Token(1, "tool", Role.Artist, _ada.Account!.Id, "ada", null, 0, null, null) };
        foreach (var caller in (Caller[])[tool, new Caller(Role.Operator, "127.0.0.1")])
        {
            Assert.Throws<FarmException>(() => Own.All(caller, here));
            await RefusedAsync(ErrorKind.Forbidden, () => Own.EndAsync(caller, 1));
            await RefusedAsync(ErrorKind.Forbidden, () => Own.EndOthersAsync(caller, null));
        }

        Assert.NotNull(_farm.Sessions.Find(here));
    }

    [Fact]
    public async Task Administrators_see_the_people_first_those_who_wait_and_others_see_none()
    {
        await _farm.Accounts.AddAsync(Caller.Farm, "boss", "correct horse", Role.Administrator);
        var waiting = await _farm.Accounts.RegisterAsync(Caller.Farm, "late", "correct horse", waits: true);
        await _farm.Accounts.InviteAsync(Caller.Farm, "new", Role.Artist);
        await OpenAsync("192.168.1.7");
        _farm.Time.Advance(TimeSpan.FromHours(1));
        await _farm.Accounts.AuthenticateAsync(Caller.Farm, "boss", "correct horse");
        var people = new People(_farm.Store, _farm.Time);

        var now = Milliseconds(_farm.Time.GetUtcNow());
        Assert.Equal(
            [("late", 0, null, false), ("ada", 1, now - 3_600_000, false), ("boss", 0, now, false), ("new", 0, (long?)null, true)],
            people.All(Caller.Farm).Select(person => (person.Account.Username, person.Sessions, person.LastSignIn, person.IsInvited)));
        Assert.Equal(waiting, people.All(Caller.Farm)[0].Account);
        foreach (var caller in (Caller[])[_ada, new Caller(Role.Operator, "127.0.0.1"), new Caller(Role.Viewer, "")])
            Assert.Equal(ErrorKind.Forbidden, Assert.Throws<FarmException>(() => people.All(caller)).Kind);
    }

    private async Task<string> OpenAsync(string address) => (await _farm.Sessions.OpenAsync(_ada.Account!.Id, Hours, address)).Token;

    private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private static async Task RefusedAsync(ErrorKind refusal, Func<Task> call) =>
        Assert.Equal(refusal, (await Assert.ThrowsAsync<FarmException>(call)).Kind);
}
