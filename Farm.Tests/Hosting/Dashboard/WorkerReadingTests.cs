using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Flamenco.Operations;
using Farm.Server.Domain.Access;
using Farm.Server.Operations.Workers;
using Farm.Tests.Support;
using WorkerStatus = Farm.Dashboard.Ports.WorkerStatus;

namespace Farm.Tests.Hosting.Dashboard;

public sealed class WorkerReadingTests : IAsyncDisposableTest
{
    private readonly DashboardFarm _farm = new();

    public ValueTask DisposeAsync() => _farm.DisposeAsync();

    [Theory]
    [InlineData(WorkerSort.Name, "alpha Beta gamma")]
    [InlineData(WorkerSort.Status, "gamma Beta alpha")]
    [InlineData(WorkerSort.Platform, "gamma alpha Beta")]
    [InlineData(WorkerSort.Software, "Beta alpha gamma")]
    [InlineData(WorkerSort.LastSeen, "gamma Beta alpha")]
    public async Task Workers_are_sorted_by_the_requested_column_and_then_by_name(WorkerSort sort, string expected)
    {
        await WorkerAsync("gamma", "Linux", "2.0", "10.0.0.1");
        await _farm.Farm.Presence.SignOffAsync(Id("gamma"));
        _farm.Tick();
        await WorkerAsync("Beta", "windows", "1.0", "10.0.0.2");
        _farm.Tick();
        await WorkerAsync("alpha", "windows", "1.5", "10.0.0.3");
        await _farm.Farm.Presence.StateChangedAsync(Id("alpha"), Server.Domain.Workers.WorkerStatus.Asleep);

        var page = await WorkersAsync(new WorkerQuery(new PageRequest(0, 10), sort));
        var reversed = await WorkersAsync(new WorkerQuery(new PageRequest(0, 10), sort, Descending: true));

        Assert.Equal(expected, string.Join(' ', page.Rows.Select(worker => worker.Name)));
        Assert.Equal(page.Rows.Select(worker => worker.Id).Reverse(), reversed.Rows.Select(worker => worker.Id));
        Assert.Equal(3, page.Total);
    }

    [Fact]
    public async Task A_page_has_workers_in_the_requested_statuses_and_their_total()
    {
        foreach (var name in (string[])["a", "b", "c"]) await WorkerAsync(name, "linux", "1", "10.0.0.1");
        await _farm.Farm.Presence.SignOffAsync(Id("b"));

        var page = await WorkersAsync(new WorkerQuery(new PageRequest(1, 1), Statuses: [WorkerStatus.Awake]));

        Assert.Equal(["c"], page.Rows.Select(worker => worker.Name));
        Assert.Equal(2, page.Total);
    }

    [Theory]
    [InlineData("NODE_", "node_1")]
    [InlineData("0.0.2", "node-2")]
    [InlineData("gpu%", "node-2")]
    [InlineData("%", "node-2")]
    [InlineData("nowhere", "")]
    public async Task A_search_finds_literal_text_in_names_addresses_and_tags(string search, string expected)
    {
        await WorkerAsync("node_1", "linux", "1", "10.0.0.1");
        await WorkerAsync("node-2", "linux", "1", "10.0.0.2");
        await _farm.SqlAsync("INSERT INTO tags (id, uuid, name) VALUES (1, $1, 'GPU%fast')", Guid.NewGuid());
        await _farm.SqlAsync("INSERT INTO worker_tags (worker_id, tag_id) VALUES ($1, 1)", Id("node-2"));

        var page = await WorkersAsync(new WorkerQuery(new PageRequest(0, 10), Search: search));

        Assert.Equal(expected, string.Join(' ', page.Rows.Select(worker => worker.Name)));
        Assert.Equal(page.Rows.Count, page.Total);
    }

    [Fact]
    public async Task A_worker_has_its_details_tags_and_current_task()
    {
        var job = await _farm.JobAsync("shot");
        var worker = await _farm.Farm.AwakeAsync("node", "misc", "blender");
        await _farm.SqlAsync("INSERT INTO tags (id, uuid, name) VALUES (1, $1, 'gpu'), (2, $2, 'Big')", Guid.NewGuid(), Guid.NewGuid());
        await _farm.SqlAsync("INSERT INTO worker_tags (worker_id, tag_id) VALUES ($1, 1), ($1, 2)", worker.Id);
        var task = await _farm.Farm.TakeAsync(worker);

        var row = (await _farm.Reader.FindWorkerAsync(worker.Uuid, default))!;

        Assert.Equal((worker.Uuid, "node", WorkerStatus.Awake, true), (row.Id, row.Name, row.Status, row.CanRestart));
        Assert.Equal(("linux", "127.0.0.1", "test"), (row.Platform, row.Address, row.Software));
        Assert.Equal(["blender", "misc"], row.TaskTypes);
        Assert.Equal(["Big", "gpu"], row.Tags);
        Assert.Equal(_farm.Time.GetUtcNow(), row.LastSeen);
        Assert.Equal(new TaskLink(task.Uuid, "shot-0", job, "shot"), row.CurrentTask);
        Assert.Null(row.Requested);
    }

    [Fact]
    public async Task A_worker_that_completed_its_task_has_no_current_task()
    {
        await _farm.JobAsync("shot");
        var worker = await _farm.Farm.AwakeAsync("node");
        await _farm.CompleteAsync(worker);

        Assert.Null((await _farm.Reader.FindWorkerAsync(worker.Uuid, default))!.CurrentTask);
    }

    [Fact]
    public async Task An_unknown_or_removed_worker_is_not_found()
    {
        var worker = await _farm.Farm.AwakeAsync("node");
        await _farm.Farm.Registry.RemoveAsync(Caller.Farm, worker.Uuid);

        Assert.Null(await _farm.Reader.FindWorkerAsync(Guid.NewGuid(), default));
        Assert.Null(await _farm.Reader.FindWorkerAsync(worker.Uuid, default));
        Assert.Equal(0, (await WorkersAsync(new WorkerQuery(new PageRequest(0, 10)))).Total);
        Assert.Equal(0, (await _farm.Reader.ReadTasksOfWorkerAsync(worker.Uuid, new PageRequest(0, 10), default)).Total);
    }

    [Fact]
    public async Task The_status_remembered_for_the_next_sign_on_is_not_shown_as_a_request()
    {
        var worker = await _farm.Farm.AwakeAsync("node");
        await _farm.Farm.Presence.SignOffAsync(worker.Id);
        Assert.Null((await _farm.Reader.FindWorkerAsync(worker.Uuid, default))!.Requested);

        await _farm.Actions.RequestAsync(worker.Uuid, new WorkerRequest(WorkerVerb.Sleep, Lazy: false), default);

        Assert.Equal(new WorkerRequest(WorkerVerb.Sleep, false), (await _farm.Reader.FindWorkerAsync(worker.Uuid, default))!.Requested);
    }

    [Fact]
    public async Task A_workers_tasks_are_its_current_and_last_held_ones_most_recently_updated_first()
    {
        await _farm.JobAsync("shot", tasks: 4);
        var worker = await _farm.Farm.AwakeAsync("node");
        var other = await _farm.Farm.AwakeAsync("other");
        var first = await _farm.CompleteAsync(worker);
        var second = await _farm.CompleteAsync(worker);
        var third = await _farm.CompleteAsync(worker);
        await _farm.CompleteAsync(other);
        _farm.Tick();
        await _farm.Actions.RequeueTaskAsync(second, default);
        _farm.Tick();
        await _farm.Actions.RequeueTaskAsync(third, default);
        await _farm.CompleteAsync(other);
        await _farm.CompleteAsync(worker);

        var all = await _farm.Reader.ReadTasksOfWorkerAsync(worker.Uuid, new PageRequest(0, 10), default);
        var part = await _farm.Reader.ReadTasksOfWorkerAsync(worker.Uuid, new PageRequest(1, 1), default);

        Assert.Equal([third, first], all.Rows.Select(task => task.Id));
        Assert.Equal([first], part.Rows.Select(task => task.Id));
        Assert.Equal((2, 2), (all.Total, part.Total));
        Assert.All(all.Rows, task => Assert.Equal(new WorkerLink(worker.Uuid, "node"), task.Worker));
    }

    private async Task WorkerAsync(string name, string platform, string software, string address)
    {
        var worker = await _farm.Farm.Registry.RegisterAsync(Caller.Farm, name, "secret", FlamencoWorkers.Protocol, platform, address, ["misc"]);
        await _farm.Farm.Presence.SignOnAsync(worker.Id, new SignOnMetadata(name, software, address, false, ["misc"]));
        await _farm.Farm.Presence.StateChangedAsync(worker.Id, Server.Domain.Workers.WorkerStatus.Awake);
    }

    private long Id(string name) => _farm.Farm.Number("SELECT id FROM workers WHERE name = $1", name);

    private Task<Page<WorkerRow>> WorkersAsync(WorkerQuery query) => _farm.Reader.ReadWorkersAsync(query, default);
}
