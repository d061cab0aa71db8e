namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>
/// A bucket that holds one token, full at first, into which so many tokens run a second (Contracts/TaskTracker/Contract.md section 5.7). Whoever finds the
/// token may take more than is there; those who come next wait until that is paid back.
/// </summary>
/// <param name="rate">Tokens a second; greater than 0.</param>
internal sealed class TokenBucket(double rate)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    private DateTimeOffset _takenAt = DateTimeOffset.MinValue;
    private TimeSpan _empty = TimeSpan.Zero;

    /// <summary>Tokens a second.</summary>
    public double Rate => rate;

    /// <summary>How long until there is a token; null when there is one. Nothing is taken.</summary>
    public TimeSpan? Wait(DateTimeOffset now) => Left(now) is var left && left > TimeSpan.Zero ? left : null;

    /// <summary>Takes tokens, whether they are there or not.</summary>
    public void Take(int tokens, DateTimeOffset now)
    {
        var left = Left(now);
        var seconds = Math.Min(tokens / rate, Longest.TotalSeconds);
        var cost = TimeSpan.FromTicks((long)Math.Ceiling(seconds * TimeSpan.TicksPerSecond));
        _empty = left > Longest - cost ? Longest : left + cost;
        _takenAt = now;
    }

    /// <summary>A clock that was set back makes nobody wait longer than what was taken is worth.</summary>
    private TimeSpan Left(DateTimeOffset now)
    {
        if (now < _takenAt) _takenAt = now;
        var left = _empty - (now - _takenAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
