using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Tests.Support;
using FsCheck.Fluent;

namespace Farm.Tests.Contracts.TaskTracker.Domain;

/// <summary>How fast tasks of a project come and go (Contracts/TaskTracker/Contract.md section 5.7).</summary>
public sealed class TokenBucketTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_bucket_starts_full_with_one_token()
    {
        var bucket = new TokenBucket(2);
        Assert.Null(bucket.Wait(Start.AddHours(1)));
        bucket.Take(1, Start.AddHours(1));
        Assert.Equal(TimeSpan.FromSeconds(0.5), bucket.Wait(Start.AddHours(1)));
    }

    [Fact]
    public void There_is_a_token_after_the_returned_wait()
    {
        foreach (var rate in new[] { 0.1, 1 / 3.0, 2, 3, 7, 1000, 1e9 })
        {
            var bucket = new TokenBucket(rate);
            bucket.Take(1, Start);
            var wait = bucket.Wait(Start)!.Value;
            Assert.NotNull(bucket.Wait(Start + wait - TimeSpan.FromTicks(1)));
            Assert.Null(bucket.Wait(Start + wait));
        }
    }

    [Fact]
    public void Overdrawn_tokens_are_refilled_first()
    {
        var bucket = new TokenBucket(10);
        bucket.Take(25, Start);
        Assert.Equal(TimeSpan.FromSeconds(2.5), bucket.Wait(Start));
        bucket.Take(5, Start.AddSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(2), bucket.Wait(Start.AddSeconds(1)));
        Assert.Null(bucket.Wait(Start.AddSeconds(3)));
    }

    [Fact]
    public void Setting_the_clock_back_does_not_prolong_the_wait()
    {
        var bucket = new TokenBucket(1);
        bucket.Take(1, Start);
        Assert.Equal(TimeSpan.FromSeconds(1), bucket.Wait(Start.AddHours(-5)));
        Assert.Null(bucket.Wait(Start.AddHours(-5).AddSeconds(1)));
    }

    [Fact]
    public void A_tiny_rate_is_a_long_wait_without_overflow()
    {
        var bucket = new TokenBucket(double.Epsilon);
        bucket.Take(int.MaxValue, Start);
        bucket.Take(int.MaxValue, Start);
        Assert.True(bucket.Wait(Start) > TimeSpan.FromDays(36_000));
    }

    /// <summary>Whoever obeys the bucket gets in a time at most what ran in, and the one that was there.</summary>
    [Fact]
    public void The_rate_is_never_exceeded() => Rule.HoldsFor(
        from rate in Gen.Choose(1, 50)
        from steps in Gen.Choose(0, 400).ArrayOf(200)
        select (rate, steps),
        run =>
        {
            var bucket = new TokenBucket(run.rate);
            var now = Start;
            var taken = 0;
            foreach (var milliseconds in run.steps)
            {
                now = now.AddMilliseconds(milliseconds);
                if (bucket.Wait(now) is not null) continue;
                bucket.Take(1, now);
                taken++;
            }

            Assert.True(taken <= 1 + (now - Start).TotalSeconds * run.rate + 1e-6, $"{taken} in {now - Start} at {run.rate}/s");
        });
}
