using Farm.Server.Domain.Events;
using Farm.Server.Store.Engine;

namespace Farm.Tests.Store.Engine;

/// <summary>Events on their way to other managers.</summary>
public sealed class EventExchangeTests
{
    private readonly FarmEvents _events = new();

    public static TheoryData<int> Sizes => new(1, 70, 71, 72, 73, 500);

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Every_event_arrives_in_its_order_and_no_message_is_too_long(int count)
    {
        FarmEvent[] sent = [.. Enumerable.Range(0, count).Select(number => new FarmEvent((FarmEventKind)(number % 8), Guid.NewGuid(), number % 3 == 0 ? Guid.NewGuid() : null, Guid.NewGuid()))];
        var messages = new EventExchange(Guid.NewGuid(), new FarmEvents()).Messages(sent);
        Assert.All(messages, message => Assert.InRange(message.Length, 1, StoreSession.MaxMessage));
        Assert.Equal(sent, await ReceiveAsync(new EventExchange(Guid.NewGuid(), _events), messages, count));
    }

    [Fact]
    public async Task Too_many_events_become_one_that_says_so()
    {
        var many = Enumerable.Range(0, 5000).Select(_ => new FarmEvent(FarmEventKind.Task, Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid())).ToList();
        var message = Assert.Single(new EventExchange(Guid.NewGuid(), new FarmEvents()).Messages(many));
        Assert.Equal([new FarmEvent(FarmEventKind.Missed)], await ReceiveAsync(new EventExchange(Guid.NewGuid(), _events), [message], 1));
    }

    [Fact]
    public async Task An_event_that_only_a_newer_version_knows_may_have_changed_anything()
    {
        var newer = $"{Guid.NewGuid():N};99,,,";
        Assert.Equal([new FarmEvent(FarmEventKind.Missed)], await ReceiveAsync(new EventExchange(Guid.NewGuid(), _events), [newer], 1));
    }

    [Fact]
    public void No_events_are_no_message() => Assert.Empty(new EventExchange(Guid.NewGuid(), _events).Messages([]));

    private async Task<List<FarmEvent>> ReceiveAsync(EventExchange exchange, IReadOnlyList<string> messages, int count)
    {
        using var stop = new CancellationTokenSource();
        await using var listening = _events.ListenAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        var next = listening.MoveNextAsync();
        foreach (var message in messages) exchange.Receive(message);
        var received = new List<FarmEvent>();
        while (received.Count < count && await next)
        {
            received.Add(listening.Current);
            if (received.Count < count) next = listening.MoveNextAsync();
        }

        return received;
    }
}
