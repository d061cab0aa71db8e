using System.Diagnostics;

namespace Farm.Tests.Drills.Load;

/// <summary>Writes something small again and again through a random manager, and through the next at once when one fails.</summary>
internal sealed class Probe(LoadBalancer farm, string job)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private readonly List<TimeSpan> _successes = [];
    private readonly List<(TimeSpan Moment, string What)> _failures = [];
    private readonly long _origin = Stopwatch.GetTimestamp();

    /// <summary>The time on a monotonic clock.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(_origin);

    /// <summary>Number of writes that succeeded.</summary>
    public int Count
    {
        get { lock (_successes) return _successes.Count; }
    }

    /// <summary>Writes until it is stopped.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var number = 0; !cancellationToken.IsCancellationRequested; number++)
        {
            if (await WriteAsync(number))
            {
                lock (_successes) _successes.Add(Now);
            }

            await Task.Delay(Interval, CancellationToken.None);
        }
    }

    /// <summary>The longest time without a success within a span of time.</summary>
    public TimeSpan LongestGap(TimeSpan from, TimeSpan to)
    {
        lock (_successes)
        {
            // The gap in which the span begins counts from its start, because the service was there until then.
            List<TimeSpan> moments = [from, .. _successes.Where(moment => moment > from && moment < to), to];
            return moments.Zip(moments.Skip(1), (earlier, later) => later - earlier).Max();
        }
    }

    /// <summary>What went wrong within a span of time.</summary>
    public IEnumerable<string> Failures(TimeSpan from, TimeSpan to)
    {
        lock (_successes)
            return [.. _failures.Where(failure => failure.Moment > from && failure.Moment < to).Select(failure => $"{(failure.Moment - from).TotalSeconds:0.0} s: {failure.What}")];
    }

    private async Task<bool> WriteAsync(int number)
    {
        var request = new Request("POST", $"/api/v3/jobs/{job}/setpriority", $$"""{"priority":{{1 + number % 90}}}""");
        foreach (var manager in farm.Order())
        {
            try
            {
                var answer = await farm.SendAsync(manager, request, Timeout);
                if (answer.Status == 204) return true;
                AddFailure($"m{manager} {answer.Status} {answer.Text}");
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
            {
                AddFailure($"m{manager} {(failure is OperationCanceledException ? "does not answer" : failure.Message)}");
            }
        }

        return false;
    }

    private void AddFailure(string what)
    {
        lock (_successes) _failures.Add((Now, what));
    }
}
