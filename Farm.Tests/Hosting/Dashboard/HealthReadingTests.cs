using Farm.Dashboard.Ports;
using Farm.Server.Domain.Managers;
using Farm.Server.Hosting.Dashboard;
using Farm.Server.Operations.Managers;
using Farm.Tests.Support;

namespace Farm.Tests.Hosting.Dashboard;

public sealed class HealthReadingTests : IAsyncDisposableTest
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    private readonly DashboardFarm _farm = new();

    public ValueTask DisposeAsync() => _farm.DisposeAsync();

    [SqliteFact]
    public void With_SQLite_there_is_one_manager_which_leads()
    {
        var health = _farm.Health().Read();

        Assert.Equal((DatabaseKind.Sqlite, 0), (health.Database, health.WaitingOperations));
        Assert.True(health.LogBytes > 0);
        var only = Assert.Single(health.Managers);
        Assert.Equal(("test", "1", true, true, ManagerConnection.Ok, null), (only.Name, only.Version, only.IsSelf, only.IsLeader, only.Connection, only.Problem));
        Assert.Equal(_farm.Time.GetUtcNow(), only.LastSeen);
    }

    [Fact]
    public async Task Checks_are_those_of_the_health_endpoint() =>
        Assert.Equal([new HealthCheck("database", null)], await _farm.Health().CheckAsync(default));

    [Fact]
    public async Task Pages_share_a_check_and_reading_does_not_wait_for_it()
    {
        using var go = new ManualResetEventSlim();
        using var holds = new ManualResetEventSlim();
        var held = _farm.Farm.Store.WriteAsync(_ =>
        {
            holds.Set();
            go.Wait();
        });
        holds.Wait();
        var first = _farm.Health().CheckAsync(default);
        var second = _farm.Health().CheckAsync(default);
        await UntilAsync(() => _farm.Health().Read().WaitingOperations > 0);

        Assert.Equal(1, _farm.Health().Read().WaitingOperations);
        Assert.False(first.IsCompleted || second.IsCompleted);
        go.Set();
        await held;
        Assert.Equal(await first, await second);
    }

    [Fact]
    public async Task A_check_is_repeated_when_its_result_is_old()
    {
        using var closed = new CancellationTokenSource();
        Assert.Null(Assert.Single(await _farm.Health().CheckAsync(closed.Token)).Problem);
        using var go = new ManualResetEventSlim();
        var held = _farm.Farm.Store.WriteAsync(_ => go.Wait());

        _farm.Time.Advance(LatestChecks.MaxAge - TimeSpan.FromSeconds(1));
        await _farm.Health().CheckAsync(default);
        _farm.Time.Advance(TimeSpan.FromSeconds(1));
        var repeated = _farm.Health().CheckAsync(closed.Token);

        Assert.False(repeated.IsCompleted);
        await closed.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => repeated);
        go.Set();
        await held;
    }

    [SqliteFact]
    public async Task Only_an_administrator_is_told_where_the_database_is()
    {
        Assert.Null(await _farm.Health().ReadDatabaseAddressAsync(default));

        _farm.Session = await _farm.SignInAsync("lead");
        Assert.Equal(_farm.Farm.Directory.Database, await _farm.Health().ReadDatabaseAddressAsync(default));

        _farm.Session = await _farm.SignInAsync("artist");
        Assert.Null(await _farm.Health().ReadDatabaseAddressAsync(default));
    }

    [Fact]
    public void Managers_are_leader_and_followers_with_their_problems()
    {
        var rows = DashboardHealth.Map(
            [State("one", isLeader: true), State("two", isSelf: true), State("three", silence: 40, problem: "does not answer")], Now);

        Assert.Equal(
            [
                ("one", true, ManagerConnection.Ok, null),
                ("two", false, ManagerConnection.Ok, null),
                ("three", false, ManagerConnection.Failed, "does not answer"),
            ],
            rows.Select(row => (row.Name, row.IsLeader, row.Connection, row.Problem)));
        Assert.Equal([false, true, false], rows.Select(row => row.IsSelf));
    }

    [Fact]
    public void Without_the_database_other_managers_are_unknown_and_not_blamed()
    {
        var rows = DashboardHealth.Map(
            [
                State("one", isLeader: true, silence: 9, problem: "does not answer"),
                State("two", isSelf: true, seen: -9, problem: "the database cannot be reached; nothing was saved. Retry later"),
            ],
            Now);

        Assert.Equal(
            [("one", true, ManagerConnection.Unknown, null), ("two", false, ManagerConnection.Failed, "the database cannot be reached")],
            rows.Select(row => (row.Name, row.IsLeader, row.Connection, row.Problem)));
        Assert.All(rows, row => Assert.Equal(Now.AddSeconds(-9), row.LastSeen));
    }

    [Fact]
    public void A_database_that_hangs_is_noticed_before_a_write_fails()
    {
        var rows = DashboardHealth.Map([State("one", silence: 3, problem: "does not answer"), State("two", isSelf: true, seen: -3)], Now);

        Assert.Equal(
            [(ManagerConnection.Unknown, null), (ManagerConnection.Failed, "the database does not answer")], rows.Select(row => (row.Connection, row.Problem)));
    }

    [Theory]
    [InlineData(300, 1, null, -1)]
    [InlineData(-300, 1, null, -1)]
    [InlineData(-300, 4, "does not answer", -300)]
    [InlineData(300, 4, "does not answer", -4)]
    public void A_manager_with_a_wrong_clock_was_seen_when_it_was_heard(int seen, int silence, string? problem, int expected)
    {
        var row = DashboardHealth.Map([State("one", seen: seen, silence: silence, problem: problem)], Now)[0];

        Assert.Equal(Now.AddSeconds(expected), row.LastSeen);
    }

    private static ManagerState State(string name, bool isSelf = false, bool isLeader = false, int seen = 0, int silence = 0, string? problem = null) => new(
        new Manager(Guid.NewGuid(), name, "1.0", Now.AddHours(-3).ToUnixTimeMilliseconds(), Now.AddSeconds(seen).ToUnixTimeMilliseconds(), 7),
        isSelf, isLeader, TimeSpan.FromSeconds(silence), problem);

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 1000 && !condition(); i++) await Task.Delay(10);
    }
}
