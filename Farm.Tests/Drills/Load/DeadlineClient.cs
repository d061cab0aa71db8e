namespace Farm.Tests.Drills.Load;

/// <summary>Submits jobs through the Deadline protocol, and takes tasks of them away from workers while they are running.</summary>
internal sealed class DeadlineClient(LoadBalancer farm, Ledger ledger, int seed, bool interrupts) : Client(farm, ledger, seed)
{
    private string? _last;

    /// <summary>Submits a job of one task that waits until it is resumed, and answers with its id.</summary>
    public static async Task<string> SubmitSuspendedAsync(LoadBalancer farm)
    {
        // Once: a second job would never be resumed.
        var answer = await farm.SendAsync(
            0,
            new("POST", "/api/jobs", """{"JobInfo":{"Plugin":"CommandLine","Name":"probed","Frames":"1","InitialStatus":"Suspended"},"PluginInfo":{"Executable":"echo"}}"""),
            TimeSpan.FromMinutes(1));
        return (string)answer.Json["_id"]!;
    }

    public override async Task RunOnceAsync()
    {
        await PauseAsync(500, 2000);
        if (interrupts && _last is not null && Random.Next(2) == 0) await InterruptAsync(_last);
        if (!Ledger.Wants) return;
        var tasks = Random.Next(10) == 0 ? Random.Next(510, 600) : Random.Next(3, 60);
        _last = await SubmitAsync(tasks) ?? _last;
    }

    /// <summary>Submits a job; null if it is unknown whether it exists.</summary>
    private async Task<string?> SubmitAsync(int tasks)
    {
        var answer = await TrySendAsync(
            new("POST", "/api/jobs", $$$"""
                {"JobInfo":{"Plugin":"CommandLine","Name":"drill","Frames":"1-{{{tasks}}}"},"PluginInfo":{"Executable":"echo","Arguments":"<STARTFRAME>"}}
                """),
            200);
        if (answer is null)
        {
            Ledger.AddMaybe(tasks);
            return null;
        }

        var job = (string)answer.Json["_id"]!;
        Ledger.AddJob(job, tasks);
        return job;
    }

    /// <summary>Workers lose what they have of the job, and others may take it. What is completed stays completed.</summary>
    private async Task InterruptAsync(string job)
    {
        await SendAsync(Command(Random.Next(2) == 0 ? "suspend" : "pend", job), 200);
        await PauseAsync(100, 1000);
        await ResumeAsync(Farm, job);
    }

    /// <summary>Lets all tasks of a job go on, for the end.</summary>
    public static async Task ResumeAsync(LoadBalancer farm, string job)
    {
        await farm.SendAsync(Command("resume", job));
        await farm.SendAsync(Command("releasepending", job));
    }

    private static Request Command(string command, string job) => new("PUT", "/api/tasks", $$"""{"Command":"{{command}}","JobID":"{{job}}"}""");
}
