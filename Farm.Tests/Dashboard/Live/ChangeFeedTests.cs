using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Farm.Dashboard.Live;
using Farm.Dashboard.Ports;
using Farm.Tests.Support;

namespace Farm.Tests.Dashboard.Live;

public sealed class ChangeFeedTests : IAsyncDisposableTest
{
    private static readonly Guid Job = new("00000000-0000-7000-8000-00000000000a");
    private static readonly Guid Worker = new("00000000-0000-7000-8000-00000000000b");
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private readonly ManualTime _time = new();
    private readonly Changes _changes = new();
    private readonly ListLogger<ChangeFeed> _log = new();
    private readonly Channel<ChangeBatch> _told = Channel.CreateUnbounded<ChangeBatch>();
    private readonly ChangeFeed _feed;

    public ChangeFeedTests() => _feed = new ChangeFeed(_changes, _time, _log);

    [Fact]
    public async Task A_change_is_told_at_once()
    {
        using var subscription = _feed.Subscribe(KeepAsync);
        _changes.Say(new FarmChange(FarmChangeKind.Job, Job));

        var batch = await NextAsync();

        Assert.True(batch.Has(FarmChangeKind.Job, Job));
        Assert.False(batch.Has(FarmChangeKind.Worker));
    }

    [Fact]
    public async Task What_changes_within_a_quarter_of_a_second_is_told_together()
    {
        using var subscription = _feed.Subscribe(KeepAsync);
        _changes.Say(new FarmChange(FarmChangeKind.Job, Job));
        await NextAsync();
        for (var i = 0; i < 1000; i++)
            _changes.Say(new FarmChange(FarmChangeKind.Worker, Worker));
        _changes.Say(new FarmChange(FarmChangeKind.Log, Job));
        await _changes.AllTakenAsync();
        Assert.False(_told.Reader.TryPeek(out _));

        var batch = await NextAfterTheIntervalAsync();

        Assert.True(batch.Has(FarmChangeKind.Worker, Worker));
        Assert.True(batch.Has(FarmChangeKind.Log, Job));
        Assert.False(_told.Reader.TryPeek(out _));
    }

    [Fact]
    public async Task A_subscriber_that_throws_silences_nobody()
    {
        using var bad = _feed.Subscribe(_ => throw new InvalidOperationException("broken page"));
        using var good = _feed.Subscribe(KeepAsync);
        _changes.Say(new FarmChange(FarmChangeKind.Job, Job));
        await NextAsync();
        _changes.Say(new FarmChange(FarmChangeKind.Worker, Worker));

        Assert.True((await NextAfterTheIntervalAsync()).Has(FarmChangeKind.Worker, Worker));
        Assert.Contains(_log.Lines, line => line.Contains("component failed to update"));
    }

    [Fact]
    public async Task After_the_feed_broke_everything_counts_as_changed()
    {
        using var subscription = _feed.Subscribe(KeepAsync);
        _changes.Break();

        var batch = await NextAfterTheIntervalAsync();

        Assert.True(batch.Has(FarmChangeKind.Job, Job));
        Assert.True(batch.Has(FarmChangeKind.Image));
    }

    [Fact]
    public async Task A_page_that_left_is_told_nothing()
    {
        using var staying = _feed.Subscribe(KeepAsync);
        var told = 0;
        _feed.Subscribe(_ =>
        {
            told++;
            return Task.CompletedTask;
        }).Dispose();
        _changes.Say(new FarmChange(FarmChangeKind.Job, Job));
        await NextAsync();

        Assert.Equal(0, told);
    }

    public ValueTask DisposeAsync() => _feed.DisposeAsync();

    private Task KeepAsync(ChangeBatch batch)
    {
        _told.Writer.TryWrite(batch);
        return Task.CompletedTask;
    }

    private Task<ChangeBatch> NextAsync() => _told.Reader.ReadAsync().AsTask().WaitAsync(Timeout);

    /// <summary>The feed starts to wait on its own thread, so time goes on until it has.</summary>
    private async Task<ChangeBatch> NextAfterTheIntervalAsync()
    {
        var next = NextAsync();
        while (!next.IsCompleted)
        {
            _time.Advance(ChangeFeed.Interval);
            await Task.Yield();
        }

        return await next;
    }

    private sealed class Changes : IFarmChanges
    {
        private Channel<FarmChange> _said = Channel.CreateUnbounded<FarmChange>();
        private int _sayings;
        private int _taken;

        public void Say(FarmChange change)
        {
            _sayings++;
            _said.Writer.TryWrite(change);
        }

        public void Break()
        {
            var broken = _said;
            _said = Channel.CreateUnbounded<FarmChange>();
            broken.Writer.Complete(new IOException("the feed broke"));
        }

        /// <summary>Ends when the feed has asked for the next change after the last that was said.</summary>
        public async Task AllTakenAsync()
        {
            while (Volatile.Read(ref _taken) < _sayings)
                await Task.Yield();
        }

        public async IAsyncEnumerable<FarmChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var change in _said.Reader.ReadAllAsync(cancellationToken))
            {
                yield return change;
                Interlocked.Increment(ref _taken);
            }
        }
    }
}
