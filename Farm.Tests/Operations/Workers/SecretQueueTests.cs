using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Farm.Server.Operations.Workers;
using Farm.Tests.Contracts.FlowServ;

namespace Farm.Tests.Operations.Workers;

/// <summary>200 workers that signed on at once made people wait for seconds, as all shared one queue of slow hashes.</summary>
public sealed class SecretQueueTests
{
    private static readonly string Hash = SecretHash.Make("right");

    [Fact]
    public async Task A_person_signs_in_while_workers_wait_for_their_turn()
    {
        await using var farm = await FlowServFarm.StartAsync();
        await farm.Farm.Service<FarmAccounts>().AddAsync(Caller.Farm, "ann", "a long password", Role.Artist);
        using var gate = new ManualResetEventSlim();
        var workers = Enumerable.Range(0, Environment.ProcessorCount * 4).Select(_ => SecretQueue.Workers.MakeAsync(
            _ =>
            {
                gate.Wait();
                return "";
            },
            "secret")).ToList();
        try
        {
            await farm.DoAsync(200, "POST", "users/login", body: """{"username":"ann","password":"a long password"}""");
            Assert.DoesNotContain(workers, worker => worker.IsCompleted);
        }
        finally
        {
            gate.Set();
            await Task.WhenAll(workers);
        }
    }

    [Fact]
    public async Task A_right_secret_is_hashed_once()
    {
        var queue = new SecretQueue("workers", 1, 10);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => queue.MatchesAsync("right", Hash))), Assert.True);
        Assert.True(await queue.MatchesAsync("right", Hash));
        Assert.Equal(1, queue.Hashed);
    }

    [Fact]
    public async Task A_wrong_secret_is_hashed_every_time()
    {
        var queue = new SecretQueue("workers", 1, 10);
        Assert.False(await queue.MatchesAsync("wrong", Hash));
        Assert.False(await queue.MatchesAsync("wrong", Hash));
        Assert.Equal(2, queue.Hashed);
    }

    [Fact]
    public async Task A_remembered_secret_does_not_match_another_hash()
    {
        var queue = new SecretQueue("workers", 1, 10);
        Assert.True(await queue.MatchesAsync("right", Hash));
        Assert.False(await queue.MatchesAsync("right", SecretHash.Make("changed")));
    }

    [Fact]
    public async Task No_more_may_wait_than_the_limit()
    {
        var queue = new SecretQueue("workers", 1, 2);
        using var gate = new ManualResetEventSlim();
        var waiting = Enumerable.Range(0, 3).Select(_ => queue.MakeAsync(
            _ =>
            {
                gate.Wait();
                return "";
            },
            "secret")).ToList();
        var refused = await Assert.ThrowsAsync<FarmException>(() => queue.MatchesAsync("right", Hash));
        Assert.Equal((ErrorKind.Exhausted, "too many workers are signing in at once: 2 wait already; try again in a moment"), (refused.Kind, refused.Message));
        gate.Set();
        await Task.WhenAll(waiting);
        Assert.True(await queue.MatchesAsync("right", Hash));
    }
}
