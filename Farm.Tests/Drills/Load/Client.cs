namespace Farm.Tests.Drills.Load;

/// <summary>One of the fake clients. Each has its own source of random numbers.</summary>
internal abstract class Client(LoadBalancer farm, Ledger ledger, int seed)
{
    /// <summary>The managers.</summary>
    protected LoadBalancer Farm => farm;

    /// <summary>What was acknowledged.</summary>
    protected Ledger Ledger => ledger;

    /// <summary>Tells this client from the others.</summary>
    protected int Seed { get; } = seed;

    /// <summary>The source of random numbers.</summary>
    protected Random Random { get; } = new(seed);

    /// <summary>Joins the farm.</summary>
    public virtual Task JoinAsync() => Task.CompletedTask;

    /// <summary>Does one round of its work.</summary>
    public abstract Task RunOnceAsync();

    /// <summary>Works until the end.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested) await RunOnceAsync();
    }

    /// <summary>Sends a request until it is answered with one of some statuses.</summary>
    protected async Task<Answer> SendAsync(Request request, params int[] expected)
    {
        var answer = await farm.SendAsync(request);
        if (!expected.Contains(answer.Status)) ledger.AddAbsurd(request, answer);
        return answer;
    }

    /// <summary>Sends a request once; null if its effect is unknown.</summary>
    protected async Task<Answer?> TrySendAsync(Request request, params int[] expected)
    {
        var answer = await farm.TrySendAsync(request);
        if (answer is not null && !expected.Contains(answer.Status)) ledger.AddAbsurd(request, answer);
        return answer is not null && expected.Contains(answer.Status) ? answer : null;
    }

    /// <summary>Takes as long as work does.</summary>
    protected Task PauseAsync(int from, int to) => Task.Delay(TimeSpan.FromMilliseconds(Random.Next(from, to) * farm.Pace));
}
