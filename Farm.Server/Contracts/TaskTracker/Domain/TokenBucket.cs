namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>
/// A token bucket with room for one token, full at first (Contracts/TaskTracker/Contract.md section 5.7). While it has a token, any number may be
/// taken; later callers wait until the debt is refilled.
/// </summary>
/// <param name="rate">Tokens per second; greater than 0.</param>
internal sealed class TokenBucket(double rate)
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromDays(36_500);

    /// <summary>Tokens per second.</summary>
    public double Rate => rate;

    /// <summary>When a token was last taken.</summary>
    public DateTimeOffset TakenAt { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>The time from then until the next token.</summary>
    public TimeSpan Empty { get; private set; }

    /// <summary>A bucket from which tokens were taken.</summary>
    public static TokenBucket Of(double rate, DateTimeOffset takenAt, TimeSpan empty) => new(rate) { TakenAt = takenAt, Empty = empty };

    /// <summary>The time until the next token; null when there is one. Takes nothing.</summary>
    public TimeSpan? Wait(DateTimeOffset now) => Left(now) is var left && left > TimeSpan.Zero ? left : null;

    /// <summary>Takes tokens, even more than there are.</summary>
    public void Take(int tokens, DateTimeOffset now)
    {
        var left = Left(now);
        var seconds = Math.Min(tokens / rate, MaxWait.TotalSeconds);
        var cost = TimeSpan.FromTicks((long)Math.Ceiling(seconds * TimeSpan.TicksPerSecond));
        Empty = left > MaxWait - cost ? MaxWait : left + cost;
        TakenAt = now;
    }

    /// <summary>The remaining wait; not longer if the clock was set back.</summary>
    private TimeSpan Left(DateTimeOffset now)
    {
        if (now < TakenAt) TakenAt = now;
        var left = Empty - (now - TakenAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
