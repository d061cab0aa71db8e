using Farm.Dashboard.Ports;
using Farm.Server.Operations.Tasks;
using Farm.Tests.Support;
using ShownStatus = Farm.Dashboard.Ports.TaskStatus;

namespace Farm.Tests.Hosting.Dashboard;

public sealed class TaskReadingTests : IAsyncDisposableTest
{
    private readonly DashboardFarm _farm = new();

    public ValueTask DisposeAsync() => _farm.DisposeAsync();

    [Theory]
    [InlineData(0, 2, false, "0 1")]
    [InlineData(4, 2, false, "4")]
    [InlineData(0, 2, true, "4 3")]
    [InlineData(3, 5, true, "1 0")]
    [InlineData(5, 5, false, "")]
    [InlineData(5, 5, true, "")]
    public async Task All_tasks_are_read_in_order_page_by_page(int offset, int limit, bool descending, string expected)
    {
        await _farm.JobAsync("other", tasks: 2);
        var job = await _farm.JobAsync("shot", tasks: 5);

        var page = await TasksAsync(job, new TaskQuery(new PageRequest(offset, limit), Descending: descending));

        Assert.Equal(expected, string.Join(' ', page.Rows.Select(task => task.Index)));
        Assert.Equal(5, page.Total);
    }

    [Fact]
    public async Task The_total_of_a_job_comes_from_its_counters()
    {
        var job = await _farm.JobAsync("shot", tasks: 3);
        await _farm.SqlAsync("UPDATE jobs SET tasks_queued = 1000000, tasks_failed = 234");

        Assert.Equal(1_000_234, (await TasksAsync(job, new TaskQuery(new PageRequest(0, 2)))).Total);
        Assert.Equal(234, (await TasksAsync(job, new TaskQuery(new PageRequest(0, 2), Statuses: [ShownStatus.Failed]))).Total);
    }

    [Theory]
    [InlineData(TaskSort.Index, "a b c d")]
    [InlineData(TaskSort.Name, "b c d a")]
    [InlineData(TaskSort.Type, "b d a c")]
    [InlineData(TaskSort.Status, "c d b a")]
    [InlineData(TaskSort.Worker, "c d b a")]
    [InlineData(TaskSort.Updated, "c d a b")]
    public async Task Tasks_are_sorted_by_the_requested_column_and_then_by_index(TaskSort sort, string expected)
    {
        // Stages of types misc (indexes 0 and 2) and blender (1 and 3) alternate; the letters stand for the indexes.
        var job = await _farm.Farm.SubmitAsync("misc:1 blender:1 misc:1 blender:1");
        await _farm.SqlAsync("UPDATE tasks SET name = CASE number WHEN 0 THEN 'Zoe' WHEN 1 THEN 'anna' WHEN 2 THEN 'Bert' ELSE 'carl' END");
        var zulu = await _farm.Farm.AwakeAsync("Zulu", "misc");
        var yankee = await _farm.Farm.AwakeAsync("yankee", "blender");
        await _farm.CompleteAsync(zulu);
        _farm.Tick();
        await _farm.Farm.TakeAsync(yankee);

        var page = await TasksAsync(job, new TaskQuery(new PageRequest(0, 10), sort));
        var reversed = await TasksAsync(job, new TaskQuery(new PageRequest(0, 10), sort, Descending: true));

        Assert.Equal(expected, string.Join(' ', page.Rows.Select(task => (char)('a' + task.Index))));
        Assert.Equal(page.Rows.Select(task => task.Index).Reverse(), reversed.Rows.Select(task => task.Index));
        Assert.Equal(4, page.Total);
    }

    [Fact]
    public async Task Only_tasks_in_the_requested_statuses_are_found_and_counted()
    {
        var job = await _farm.JobAsync("shot", tasks: 6);
        var worker = await _farm.Farm.AwakeAsync("w");
        await _farm.CompleteAsync(worker);
        await _farm.CompleteAsync(worker);
        await _farm.Farm.TakeAsync(worker);

        var done = await TasksAsync(job, new TaskQuery(new PageRequest(1, 10), Statuses: [ShownStatus.Completed, ShownStatus.Active]));
        var beyond = await TasksAsync(job, new TaskQuery(new PageRequest(3, 10), Statuses: [ShownStatus.Completed, ShownStatus.Active]));

        Assert.Equal([1, 2], done.Rows.Select(task => task.Index));
        Assert.Equal(3, done.Total);
        Assert.Empty(beyond.Rows);
        Assert.Equal(3, beyond.Total);
    }

    [Theory]
    [InlineData("SHOT-1", "1")]
    [InlineData("NODE_", "0")]
    [InlineData("shot-_", "")]
    [InlineData("%", "")]
    [InlineData("shot", "0 1 2")]
    public async Task A_search_finds_literal_text_in_names_of_tasks_and_their_workers(string search, string expected)
    {
        var job = await _farm.JobAsync("shot", tasks: 3);
        await _farm.Farm.TakeAsync(await _farm.Farm.AwakeAsync("node_7"));

        var page = await TasksAsync(job, new TaskQuery(new PageRequest(0, 10), Search: search));

        Assert.Equal(expected, string.Join(' ', page.Rows.Select(task => task.Index)));
        Assert.Equal(page.Rows.Count, page.Total);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, 2)]
    [InlineData(4, 2)]
    [InlineData(5, 2)]
    [InlineData(9, 2)]
    [InlineData(0, 0)]
    public async Task The_total_of_a_search_is_the_same_on_every_page(int offset, int limit)
    {
        var job = await _farm.JobAsync("shot", tasks: 5);

        Assert.Equal(5, (await TasksAsync(job, new TaskQuery(new PageRequest(offset, limit), Search: "shot"))).Total);
    }

    [Fact]
    public async Task A_task_has_its_job_worker_steps_and_commands()
    {
        var job = await _farm.JobAsync("shot", tasks: 1);
        var worker = await _farm.Farm.AwakeAsync("node");
        _farm.Tick();
        var taken = await _farm.Farm.TakeAsync(worker);
        await _farm.Farm.Reports.ApplyAsync(worker.Id, taken.Uuid, taken.AttemptId, new TaskReport(null, "Fra:1", null, 1));

        var detail = await _farm.Reader.FindTaskAsync(taken.Uuid, default);

        var task = detail!.Task;
        Assert.Equal((taken.Uuid, job, "shot", 0, "shot-0", "misc"), (task.Id, task.JobId, task.JobName, task.Index, task.Name, task.Type));
        Assert.Equal(
            (ShownStatus.Active, "Fra:1", 1, 2, 50, 0),
            (task.Status, task.Activity, task.StepsCompleted, task.StepsTotal, task.Priority, task.Failures));
        Assert.Equal(new WorkerLink(worker.Uuid, "node"), task.Worker);
        Assert.Equal(["""echo message="shot-0" """.Trim()], detail.Commands);
        Assert.Equal(_farm.Time.GetUtcNow(), detail.LastTouched);
        Assert.Empty(detail.FailedBy);
    }

    [Fact]
    public async Task A_task_lists_the_workers_that_failed_it()
    {
        await _farm.JobAsync("shot", tasks: 20);
        var zulu = await _farm.Farm.AwakeAsync("zulu");
        var alpha = await _farm.Farm.AwakeAsync("alpha");
        await _farm.Farm.AwakeAsync("third");
        var task = await _farm.Farm.TakeAsync(zulu);
        await _farm.Farm.ReportAsync(zulu, task, TaskStatus.Failed);
        var again = await _farm.Farm.TakeAsync(alpha);
        await _farm.Farm.ReportAsync(alpha, again, TaskStatus.Failed);

        var detail = await _farm.Reader.FindTaskAsync(task.Uuid, default);

        Assert.Equal([new(alpha.Uuid, "alpha"), new(zulu.Uuid, "zulu")], detail!.FailedBy);
        Assert.Equal((ShownStatus.SoftFailed, 2), (detail.Task.Status, detail.Task.Failures));
    }

    [Fact]
    public async Task An_unknown_id_is_not_found()
    {
        Assert.Null(await _farm.Reader.FindTaskAsync(Guid.NewGuid(), default));
        Assert.Null(await _farm.Reader.ReadLogTailAsync(Guid.NewGuid(), 100, default));
        Assert.Equal(0, (await TasksAsync(Guid.NewGuid(), new TaskQuery(new PageRequest(0, 10)))).Total);
    }

    [Theory]
    [InlineData(100, "one\nzwölf\nthree\n", true)]
    [InlineData(17, "one\nzwölf\nthree\n", true)]
    [InlineData(16, "zwölf\nthree\n", false)]
    [InlineData(13, "zwölf\nthree\n", false)]
    [InlineData(12, "three\n", false)]
    [InlineData(6, "three\n", false)]
    [InlineData(3, "ee\n", false)]
    public async Task The_tail_of_a_log_starts_at_a_line_unless_the_line_is_too_long(int maxBytes, string expected, bool isWhole)
    {
        var job = await _farm.JobAsync("shot");
        var task = _farm.Farm.Task(job, 0);
        await _farm.SqlAsync("INSERT INTO task_logs (task_id, text) VALUES ($1, $2), ($1, $3)", task.Id, "one\nzwölf\n", "three\n");

        var tail = await _farm.Reader.ReadLogTailAsync(task.Uuid, maxBytes, default);

        Assert.Equal(new LogTail(expected, 17, isWhole), tail);
    }

    [Fact]
    public async Task An_untouched_task_has_no_log()
    {
        var job = await _farm.JobAsync("shot");

        Assert.Null(await _farm.Reader.ReadLogTailAsync(_farm.Farm.Task(job, 0).Uuid, 100, default));
    }

    private Task<Page<TaskRow>> TasksAsync(Guid job, TaskQuery query) => _farm.Reader.ReadTasksAsync(job, query, default);
}
