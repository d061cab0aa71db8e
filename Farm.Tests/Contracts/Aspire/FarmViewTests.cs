using System.Text.Json.Nodes;
using Farm.Dashboard.Ports;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;
using Farm.Tests.Operations.Model;
using Farm.Tests.Support;
using AskedStatus = Farm.Server.Domain.Workers.WorkerStatus;
using WorkerStatus = Farm.Dashboard.Ports.WorkerStatus;

namespace Farm.Tests.Contracts.Aspire;

/// <summary>A seed is a job and an entry a task: other contracts and the dashboard see and steer them like any other (Contracts/Aspire/Contract.md section 6).</summary>
public sealed class FarmViewTests : IAsyncLifetime
{
    private TestFarm _farm = null!;
    private string _seed = null!;
    private Guid _job;
    private JsonObject _batch = null!;

    public async Task InitializeAsync()
    {
        _farm = await TestFarm.StartAsync();
        _seed = await _farm.FilledAsync(4, new { description = "News", batchSize = 2, connector = "web", tags = "EU" });
        _job = _farm.JobOf(_seed);
        _batch = await _farm.FetchAsync("crawler", "&tags=EU");
    }

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Theory]
    [InlineData("requeue", 2)]
    [InlineData("suspend", 3)]
    [InlineData("complete", 5)]
    [InlineData("fail", 6)]
    public async Task A_Deadline_command_removes_an_entry_from_its_batch(string command, int stat)
    {
        await ExpectAsync([4, 4, 2, 2]);
        await CommandAsync(command, "[0]");
        await ExpectAsync([stat, 4, 2, 2]);

        // What is left of the batch is acknowledged and done; what was taken out of it stays.
        Assert.Equal(200, await _farm.TellAsync("ack", _batch));
        Assert.Equal(200, await _farm.TellAsync("complete", _batch));
        await ExpectAsync([stat, 5, 2, 2]);
    }

    [Theory]
    [InlineData("requeue")]
    [InlineData("complete")]
    public async Task A_batch_without_entries_is_unknown(string command)
    {
        await _farm.TellAsync("ack", _batch);
        await CommandAsync(command, "[0,1]");

        foreach (var verb in (string[])["ack", "complete", "fail"]) Assert.Equal(404, await _farm.TellAsync(verb, _batch));
        await ExpectAsync(command == "requeue" ? [2, 2, 2, 2] : [5, 5, 2, 2]);
    }

    [Fact]
    public async Task An_entry_that_was_completed_can_be_handed_out_again()
    {
        await _farm.TellAsync("complete", _batch);
        await CommandAsync("requeue", "[1]");

        Assert.Equal(["file:///1", "file:///2"], (await _farm.FetchAsync("crawler", "&tags=EU")).Urls());
        Assert.Equal(200, await _farm.TellAsync("complete", _batch));
        await ExpectAsync([5, 4, 4, 2]);
    }

    [Fact]
    public async Task The_buttons_of_the_dashboard_work_on_seeds_and_entries()
    {
        var actions = _farm.Actions();
        var reader = _farm.Service<IFarmReader>();
        var tasks = await reader.ReadTasksAsync(_job, new TaskQuery(new PageRequest(0, 10)), CancellationToken.None);
        await actions.CancelTaskAsync(tasks.Rows[0].Id, CancellationToken.None);
        await actions.CancelTaskAsync(tasks.Rows[1].Id, CancellationToken.None);
        Assert.Equal(404, await _farm.TellAsync("ack", _batch));
        await actions.RequeueTaskAsync(tasks.Rows[0].Id, CancellationToken.None);

        await actions.PauseJobAsync(_job, CancellationToken.None);
        Assert.Empty(await _farm.FetchAllAsync("crawler", "&tags=EU"));
        await actions.ResumeJobAsync(_job, CancellationToken.None);
        Assert.Equal(["file:///0", "file:///2"], (await _farm.FetchAsync("crawler", "&tags=EU")).Urls());
        await actions.CancelJobAsync(_job, CancellationToken.None);
        Assert.Equal("stopped", (string)(await _farm.CallAsync("GET", $"/seeds/{_seed}")).Body["seed"]!["crawl"]!["state"]!);
        await actions.RequeueJobAsync(_job, CancellationToken.None);
        Assert.Equal((4, 0, 0, 0), await _farm.ItemsAsync(_seed));
    }

    [Fact]
    public async Task A_priority_set_on_the_dashboard_decides_the_next_seed()
    {
        var other = await _farm.FilledAsync(1, new { tags = "EU" });
        await _farm.Actions().SetJobPriorityAsync(_job, 90, CancellationToken.None);

        Assert.Equal([_seed, other], (await _farm.FetchAllAsync("crawler", "&tags=EU&batches=9")).Select(batch => (string)batch["seed"]!));
    }

    [Fact]
    public async Task The_dashboard_shows_a_seed_by_its_description_an_entry_by_its_url_and_who_has_it()
    {
        var reader = _farm.Service<IFarmReader>();
        var job = (await reader.FindJobAsync(_job, CancellationToken.None))!;
        Assert.Equal(("News", "aspire", true), (job.Job.Name, job.Job.Type, job.Job.StaysOpen));
        Assert.Contains(new NamedValue("seed", _seed), job.Settings);
        Assert.Contains(new NamedValue("connector", "web"), job.Settings);

        var task = (await reader.ReadTasksAsync(_job, new TaskQuery(new PageRequest(0, 1)), CancellationToken.None)).Rows[0];
        Assert.Equal(("file:///0", "aspire.process", "crawler"), (task.Name, task.Type, task.Worker!.Name));
        var detail = (await reader.FindTaskAsync(task.Id, CancellationToken.None))!;
        Assert.StartsWith("aspire.process url=\"file:///0\" action=\"add\"", Assert.Single(detail.Commands));
        Assert.Contains($"Task assigned to worker crawler", (await reader.ReadLogTailAsync(task.Id, 4096, CancellationToken.None))!.Text);

        var worker = Assert.Single((await reader.ReadWorkersAsync(new WorkerQuery(new PageRequest(0, 10)), CancellationToken.None)).Rows);
        Assert.Equal(("crawler", WorkerStatus.Awake, false, "file:///0"), (worker.Name, worker.Status, worker.PollsForRequests, worker.CurrentTask!.Name));
    }

    [Fact]
    public async Task A_sleeping_worker_gets_no_batches_until_it_is_awake()
    {
        await _farm.FilledAsync(1);
        var presence = _farm.Service<WorkerPresence>();
        var worker = Assert.Single(_farm.Service<FarmStore>().Read(db => WorkerTable.ByName(db, "crawler")));
        await presence.RequestAsync(Caller.Farm, worker.Uuid, new StatusRequest(AskedStatus.Asleep, Lazy: false));
        Assert.Empty(await _farm.FetchAllAsync("crawler"));

        await presence.RequestAsync(Caller.Farm, worker.Uuid, new StatusRequest(AskedStatus.Awake, Lazy: false));
        Assert.Single(await _farm.FetchAllAsync("crawler"));
    }

    [Fact]
    public async Task Deleting_a_worker_requeues_all_its_batches()
    {
        await _farm.TellAsync("ack", _batch);
        var worker = Assert.Single(_farm.Service<FarmStore>().Read(db => WorkerTable.ByName(db, "crawler")));
        using var removed = await _farm.Client.DeleteAsync($"/api/v3/worker-mgt/workers/{worker.Uuid}");

        Assert.True(removed.IsSuccessStatusCode);
        Invariants.Check(_farm.Service<FarmStore>());
        Assert.Equal((4, 0, 0, 0), await _farm.ItemsAsync(_seed));
        Assert.Equal(404, (await _farm.CallAsync("PUT", "/manager/release/worker/crawler")).Status);
    }

    [Fact]
    public async Task A_worker_of_this_protocol_has_no_usable_credentials()
    {
        var worker = Assert.Single(_farm.Service<FarmStore>().Read(db => WorkerTable.ByName(db, "crawler")));
        var impostor = new TestWorker(_farm.Client.BaseAddress!, $"{worker.Uuid}", "-", "crawler", []);

        using var answer = await impostor.SignOnAsync();
        Assert.Equal(403, (int)answer.StatusCode);
    }

    /// <summary>The entries must have these statuses, as Deadline numbers them.</summary>
    private async Task ExpectAsync(int[] stats) =>
        Assert.Equal(stats, (await _farm.GetAsync($"/api/tasks?JobID={_job}"))["Tasks"]!.AsArray().Select(task => (int)task!["Stat"]!));

    private async Task CommandAsync(string command, string list)
    {
        using var answer = await _farm.Client.PutAsync("/api/tasks", new StringContent($$"""{"Command":"{{command}}","JobID":"{{_job}}","TaskList":{{list}}}"""));
        Assert.Equal("Success", await answer.Content.ReadAsStringAsync());
        Invariants.Check(_farm.Service<FarmStore>());
    }
}
