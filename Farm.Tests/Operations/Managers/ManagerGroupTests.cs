using Farm.Server.Domain;
using Farm.Server.Domain.Events;
using Farm.Server.Operations.Managers;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farm.Tests.Operations.Managers;

/// <summary>Several managers on one database agree on one that leads (Docs/design.md section 3).</summary>
public sealed class ManagerGroupTests : IAsyncDisposableTest
{
    private readonly TemporaryDirectory _temporary = new();
    private readonly ManualTime _clock = new();
    private readonly List<FarmStore> _stores = [];

    [PostgresFact]
    public async Task The_first_manager_leads_and_the_next_follows()
    {
        var (one, two) = (Start("one"), Start("two"));
        await one.BeatAsync();
        await two.BeatAsync();
        Assert.Equal((true, false), (one.IsLeader, two.IsLeader));
        await one.BeatAsync();
        Assert.Equal(["one leads", "two"], Text(one));
        Assert.Equal(["one leads", "two"], Text(two));
    }

    [PostgresFact]
    public async Task A_silent_leader_is_replaced_within_five_seconds()
    {
        var (one, two) = (Start("one"), Start("two"));
        await one.BeatAsync();
        await two.BeatAsync();
        var silent = TimeSpan.Zero;
        while (!two.IsLeader)
        {
            _clock.Advance(ManagerGroup.Beat);
            silent += ManagerGroup.Beat;
            await two.BeatAsync();
        }

        Assert.InRange(silent, ManagerGroup.Lease, TimeSpan.FromSeconds(5) - ManagerGroup.Beat);
        Assert.Equal(["one does not answer", "two leads"], Text(two));
    }

    [PostgresFact]
    public async Task A_leader_stops_leading_before_another_can_begin()
    {
        var (one, two) = (Start("one"), Start("two"));
        await one.BeatAsync();
        await two.BeatAsync();
        for (var i = 0; i < 8; i++)
        {
            Assert.False(one.IsLeader && two.IsLeader);
            _clock.Advance(TimeSpan.FromSeconds(0.5));
            Assert.False(one.IsLeader && two.IsLeader);
            await two.BeatAsync();
        }

        Assert.Equal((false, true), (one.IsLeader, two.IsLeader));
        await one.BeatAsync();
        Assert.Equal((false, true), (one.IsLeader, two.IsLeader));
    }

    [PostgresFact]
    public async Task A_leader_that_stops_in_good_order_is_replaced_at_the_next_beat()
    {
        var (one, two) = (Start("one"), Start("two"));
        await one.BeatAsync();
        await two.BeatAsync();
        await one.StopAsync(CancellationToken.None);
        await two.BeatAsync();
        Assert.True(two.IsLeader);
        Assert.Equal(["two leads"], Text(two));
    }

    [PostgresFact]
    public async Task A_manager_that_was_cut_off_does_not_take_the_lead_from_one_that_lives()
    {
        var (one, two) = (Start("one"), Start("two"));
        await one.BeatAsync();
        await two.BeatAsync();
        for (var i = 0; i < 10; i++)
        {
            _clock.Advance(ManagerGroup.Beat);
            await one.BeatAsync();
        }

        await two.BeatAsync();
        Assert.Equal((true, false), (one.IsLeader, two.IsLeader));
    }

    [PostgresFact]
    public async Task Work_of_a_manager_is_free_only_when_it_is_gone()
    {
        var (one, two) = (Start("one"), Start("two"));
        await one.BeatAsync();
        await two.BeatAsync();
        Assert.False(two.IsGone(_stores[0].Manager));
        _clock.Advance(ManagerGroup.Lease + ManagerGroup.Beat);
        await two.BeatAsync();
        Assert.True(two.IsGone(_stores[0].Manager));
        Assert.False(two.IsGone(_stores[1].Manager));
        Assert.True(two.IsGone(Guid.NewGuid()));
    }

    [PostgresFact]
    public async Task A_manager_without_a_database_says_so_and_does_not_lead()
    {
        var one = Start("one");
        await one.BeatAsync();
        await _stores[0].DisposeAsync();
        _stores.Clear();
        await Assert.ThrowsAsync<FarmException>(one.BeatAsync);
        _clock.Advance(ManagerGroup.Lease);
        Assert.False(one.IsLeader);
    }

    [Fact]
    public void With_SQLite_the_only_manager_leads()
    {
        var only = new ManagerGroup(
            Open("one", null), new ManagerName("one", "1.0"), new FarmEvents(), _clock, _clock, NullLogger<ManagerGroup>.Instance);
        Assert.True(only.IsLeader);
        Assert.True(only.IsGone(Guid.NewGuid()));
        Assert.Equal(["one leads"], Text(only));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores) await store.DisposeAsync();
        _temporary.Dispose();
    }

    private static List<string> Text(ManagerGroup group) =>
        [.. group.All().Select(state => $"{state.Manager.Name}{(state.IsLeader ? " leads" : "")}{(state.Problem is { } problem ? $" {problem}" : "")}")];

    private ManagerGroup Start(string name) => new(
        Open(name, TestDatabase.Postgres(_temporary["shared"])), new ManagerName(name, "1.0"), new FarmEvents(), _clock, _clock,
        NullLogger<ManagerGroup>.Instance);

    private FarmStore Open(string name, string? database)
    {
        var store = FarmStore.Open(
            new DataDirectory(_temporary[name]), _clock, new FarmEvents(), NullLogger.Instance, ProtocolSchemas.All, database: database);
        _stores.Add(store);
        return store;
    }
}
