namespace Farm.Tests.Drills.Load;

/// <summary>The fake clients and the probe.</summary>
internal sealed class DrillLoad : IDisposable
{
    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = 8 };

    private readonly CancellationTokenSource _calm = new();
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _work = [];
    private readonly List<Task> _submissions = [];
    private readonly LoadBalancer _farm;
    private readonly Ledger _ledger;
    private readonly TrackerProject _project;
    private readonly TimeSpan _settle;
    private Task _probing = Task.CompletedTask;

    private DrillLoad(LoadBalancer farm, Ledger ledger, TrackerProject project, Probe probe, TimeSpan settle) =>
        (_farm, _ledger, _project, Probe, _settle) = (farm, ledger, project, probe, settle);

    /// <summary>Measures whether the service is there.</summary>
    public Probe Probe { get; }

    /// <summary>Starts everything: of ten clients, seven work through Flamenco's protocol, and one each through Aspire's and task_tracker's; the others submit.</summary>
    /// <param name="token">The administrator's token of the first manager.</param>
    /// <param name="farm">The managers.</param>
    /// <param name="ledger">Receives what they acknowledge.</param>
    /// <param name="options">How the clients behave.</param>
    public static async Task<DrillLoad> StartAsync(string token, LoadBalancer farm, Ledger ledger, LoadOptions options)
    {
        var project = await TrackerProject.CreateAsync(farm, token, $"drill {options.Seed}");
        var seed = await AspireWorker.CreateSeedAsync(farm);
        var workflow = await FlowServClient.InstallAsync(farm, 0, token);
        var probed = await DeadlineClient.SubmitSuspendedAsync(farm);
        ledger.AddJob(probed, 1);
        var load = new DrillLoad(farm, ledger, project, new Probe(farm, probed), options.Settle ?? TimeSpan.FromSeconds(4));
        List<Client> workers = [], submitters = [];
        for (var i = 0; i < options.Clients; i++)
        {
            var own = options.Seed * 1000 + i;
            var kind = i % 20;
            if (kind < 14) workers.Add(new FlamencoWorker(farm, ledger, own));
            else if (kind < 16) workers.Add(new AspireWorker(farm, ledger, own, seed));
            else if (kind < 18) workers.Add(new TrackerWorker(farm, ledger, own, project, options.AssignSeconds));
            else if (kind == 18) submitters.Add(new DeadlineClient(farm, ledger, own, options.Interrupts));
            else submitters.Add(i % 40 == 19 ? new FlamencoSubmitter(farm, ledger, own) : new FlowServClient(farm, ledger, own, workflow));
        }

        // Joining hashes secrets, which takes time.
        await Parallel.ForEachAsync(workers.Concat(submitters), AtOnce, async (client, _) => await client.JoinAsync());
        load._work.AddRange(workers.Select(client => Task.Run(() => client.RunAsync(load._end.Token))));
        load._submissions.AddRange(submitters.Select(client => Task.Run(() => client.RunAsync(load._calm.Token))));
        load._probing = Task.Run(() => load.Probe.RunAsync(load._calm.Token));
        return load;
    }

    /// <summary>Nothing new is submitted, and what is suspended goes on.</summary>
    public async Task CalmAsync()
    {
        _ledger.IsClosed = true;
        await _calm.CancelAsync();
        await Task.WhenAll([.. _submissions, _probing]);
        // Requests that a stopped manager received long ago have been carried out or forgotten by now.
        await Task.Delay(_settle);
        await _project.ReclaimAsync(_farm);
        await Parallel.ForEachAsync(_ledger.Jobs, AtOnce, async (job, _) => await DeadlineClient.ResumeAsync(_farm, Guid.Parse(job.Job).ToString()));
    }

    /// <summary>Stops the clients. Fails with what went wrong in one.</summary>
    public async Task StopAsync()
    {
        await _calm.CancelAsync();
        await _end.CancelAsync();
        await Task.WhenAll([.. _submissions, _probing, .. _work]);
    }

    public void Dispose()
    {
        _calm.Dispose();
        _end.Dispose();
    }
}
