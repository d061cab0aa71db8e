using Farm.Server.Domain.Events;

namespace Farm.Tests.Domain.Events;

public sealed class FarmEventQueueTests
{
    [Fact]
    public async Task Events_arrive_in_order_until_the_queue_is_full()
    {
        var queue = new FarmEventQueue(3);
        FarmEvent[] events = [New(), New(), New()];
        foreach (var happened in events) queue.Add(happened);

        foreach (var happened in events) Assert.Equal(happened, await queue.TakeAsync(default));
    }

    [Fact]
    public async Task An_overflow_replaces_all_waiting_events_with_one_missed_event()
    {
        var queue = new FarmEventQueue(3);
        for (var i = 0; i < 4; i++) queue.Add(New());

        Assert.Equal(FarmEventKind.Missed, (await queue.TakeAsync(default)).Kind);

        var next = New();
        queue.Add(next);
        Assert.Equal(next, await queue.TakeAsync(default));
    }

    [Fact]
    public async Task A_missed_event_follows_every_gap_under_concurrency()
    {
        const int Count = 100_000;
        var queue = new FarmEventQueue(4);
        var isHeard = false;
        var publishing = Task.Run(() =>
        {
            for (var number = 1; number <= Count; number++) queue.Add(Numbered(number));
            while (!Volatile.Read(ref isHeard)) queue.Add(new FarmEvent(FarmEventKind.Worker));
        });

        var gaps = new List<(int Last, int Next)>();
        var last = 0;
        var isMarked = false;
        while (!isHeard)
        {
            var happened = await queue.TakeAsync(default).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
            if (happened.Kind == FarmEventKind.Missed)
            {
                isMarked = true;
                continue;
            }

            var number = happened.Kind == FarmEventKind.Worker ? Count + 1 : BitConverter.ToInt32(happened.Job!.Value.ToByteArray());
            if (!isMarked && number != last + 1) gaps.Add((last, number));
            (last, isMarked) = (number, false);
            Volatile.Write(ref isHeard, number > Count);
        }

        await publishing;
        Assert.Empty(gaps);
    }

    private static FarmEvent New() => new(FarmEventKind.Job, Guid.NewGuid());

    private static FarmEvent Numbered(int number) => new(FarmEventKind.Job, new Guid(number, 0, 0, new byte[8]));
}
