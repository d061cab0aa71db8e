using Farm.Dashboard.Ports;
using Farm.Server.Domain.Access;
using Farm.Tests.Support;

namespace Farm.Tests.Hosting.Dashboard;

public sealed class JobReadingTests : IAsyncDisposableTest
{
    private readonly DashboardFarm _farm = new();

    public ValueTask DisposeAsync() => _farm.DisposeAsync();

    [Fact]
    public async Task A_page_has_its_jobs_and_the_overall_total()
    {
        foreach (var name in (string[])["a", "b", "c", "d", "e"]) await _farm.JobAsync(name);

        var page = await JobsAsync(new JobQuery(new PageRequest(2, 2), JobSort.Name, Descending: false));

        Assert.Equal(["c", "d"], page.Rows.Select(job => job.Name));
        Assert.Equal(5, page.Total);
    }

    [Fact]
    public async Task A_page_past_the_end_has_no_rows_but_the_correct_total()
    {
        await _farm.JobAsync("a");

        var page = await JobsAsync(new JobQuery(new PageRequest(10, 10)));

        Assert.Empty(page.Rows);
        Assert.Equal(1, page.Total);
    }

    [Theory]
    [InlineData(JobSort.Updated, "Beta alpha ähre gamma")]
    [InlineData(JobSort.Created, "gamma Beta alpha ähre")]
    [InlineData(JobSort.Priority, "ähre gamma Beta alpha")]
    [InlineData(JobSort.Name, "alpha Beta gamma ähre")]
    [InlineData(JobSort.Type, "alpha gamma ähre Beta")]
    [InlineData(JobSort.Status, "Beta alpha ähre gamma")]
    [InlineData(JobSort.Progress, "Beta ähre alpha gamma")]
    public async Task Jobs_are_sorted_by_the_requested_column_and_then_by_age(JobSort sort, string expected)
    {
        var gamma = await _farm.JobAsync("gamma", type: "Chunks", priority: 20);
        await _farm.JobAsync("Beta", type: "video", priority: 20);
        var alpha = await _farm.JobAsync("alpha", type: "bake", priority: 90, tasks: 4);
        var ähre = await _farm.JobAsync("ähre", type: "render", priority: 1, tasks: 4);
        var worker = await _farm.Farm.AwakeAsync("w");
        await _farm.CompleteAsync(worker);
        await _farm.CompleteAsync(worker);
        await _farm.Actions.SetJobPriorityAsync(alpha, 20, default);
        await _farm.Actions.SetJobPriorityAsync(ähre, 90, default);
        await _farm.CompleteAsync(worker);
        await _farm.Actions.SetJobPriorityAsync(alpha, 90, default);
        await _farm.Actions.SetJobPriorityAsync(ähre, 1, default);
        _farm.Tick();
        await _farm.Actions.SetJobPriorityAsync(gamma, 99, default);
        await _farm.CompleteAsync(worker);
        await _farm.Actions.SetJobPriorityAsync(gamma, 20, default);

        var page = await JobsAsync(new JobQuery(new PageRequest(0, 10), sort, Descending: false));
        var reversed = await JobsAsync(new JobQuery(new PageRequest(0, 10), sort, Descending: true));

        Assert.Equal(expected, string.Join(' ', page.Rows.Select(job => job.Name)));
        Assert.Equal(page.Rows.Select(job => job.Id).Reverse(), reversed.Rows.Select(job => job.Id));
    }

    [Fact]
    public async Task Only_jobs_in_the_requested_statuses_are_found_and_counted()
    {
        await _farm.JobAsync("waits");
        await _farm.Actions.PauseJobAsync(await _farm.JobAsync("held"), default);
        await _farm.Actions.CancelJobAsync(await _farm.JobAsync("gone"), default);

        var page = await JobsAsync(new JobQuery(
            new PageRequest(0, 1), JobSort.Name, Descending: false, Statuses: [JobStatus.Paused, JobStatus.Canceled]));

        Assert.Equal(["gone"], page.Rows.Select(job => job.Name));
        Assert.Equal(2, page.Total);
    }

    [Theory]
    [InlineData("SHOT", "shot_1|shotx1")]
    [InlineData("über", "ÜBERGANG")]
    [InlineData("100%", "100% done")]
    [InlineData("shot_1", "shot_1")]
    [InlineData(@"a\b", @"a\b")]
    [InlineData("SPECIAL", "of a type")]
    [InlineData("%", "100% done")]
    [InlineData("", @"100 done|100% done|a\b|of a type|shot_1|shotx1|ÜBERGANG")]
    public async Task A_search_finds_literal_text_in_names_and_types_ignoring_case(string search, string expected)
    {
        foreach (var name in (string[])["shot_1", "shotx1", "ÜBERGANG", "100% done", "100 done", @"a\b"]) await _farm.JobAsync(name);
        await _farm.JobAsync("of a type", type: "special-render");

        var page = await JobsAsync(new JobQuery(new PageRequest(0, 10), JobSort.Name, Descending: false, Search: search));

        Assert.Equal(expected.Split('|'), page.Rows.Select(job => job.Name));
        Assert.Equal(page.Rows.Count, page.Total);
    }

    [Theory]
    [InlineData("nothing like it")]
    [InlineData("'; DROP TABLE jobs; --")]
    public async Task A_search_without_matches_finds_nothing(string search)
    {
        await _farm.JobAsync("shot");

        var page = await JobsAsync(new JobQuery(new PageRequest(0, 10), Search: search));

        Assert.Empty(page.Rows);
        Assert.Equal(0, page.Total);
    }

    [Fact]
    public async Task A_job_has_its_counters_steps_and_times()
    {
        var id = await _farm.JobAsync("shot", type: "bake", priority: 70, tasks: 3);
        var created = _farm.Time.GetUtcNow();
        await _farm.CompleteAsync(await _farm.Farm.AwakeAsync("w"));

        var job = (await JobsAsync(new JobQuery(new PageRequest(0, 1)))).Rows.Single();

        Assert.Equal((id, "shot", "bake", 70, JobStatus.Active), (job.Id, job.Name, job.Type, job.Priority, job.Status));
        Assert.Equal((2, 6), (job.StepsCompleted, job.StepsTotal));
        Assert.Equal(new TaskCounts(2, 0, 0, 0, 0, 1, 0, 0), job.Tasks);
        Assert.Equal((created, _farm.Time.GetUtcNow()), (job.Created, job.Updated));
        Assert.Contains("active", job.Activity);
        Assert.Null(job.LastImage);
    }

    [Fact]
    public async Task Settings_and_metadata_keep_their_order()
    {
        var id = await _farm.JobAsync(
            "shot", settings: """{"frames":"1-10","chunk":5,"deep":{"é":[1,true,null]}}""", metadata: """{"user.name":"Ada","a":"b"}""");

        var job = await _farm.Reader.FindJobAsync(id, default);

        Assert.Equal([new("frames", "1-10"), new("chunk", "5"), new("deep", """{"é":[1,true,null]}""")], job!.Settings);
        Assert.Equal([new("user.name", "Ada"), new("a", "b")], job.Metadata);
        Assert.Equal("shot", job.Job.Name);
    }

    [Fact]
    public async Task An_unknown_job_or_one_being_deleted_is_not_found()
    {
        var id = await _farm.JobAsync("shot");
        await _farm.Farm.Jobs.DeleteAsync(Caller.Farm, id);

        Assert.Null(await _farm.Reader.FindJobAsync(Guid.NewGuid(), default));
        Assert.Null(await _farm.Reader.FindJobAsync(id, default));
        Assert.Equal(0, (await JobsAsync(new JobQuery(new PageRequest(0, 10)))).Total);
        Assert.Equal(0, (await _farm.Reader.ReadTasksAsync(id, new TaskQuery(new PageRequest(0, 10)), default)).Total);
    }

    [Fact]
    public async Task A_jobs_image_has_urls_below_its_files_that_change_with_the_image()
    {
        var id = await _farm.JobAsync("shot");
        await _farm.SqlAsync("UPDATE jobs SET last_rendered_at = 1767607200123");

        var image = (await _farm.Reader.FindJobAsync(id, default))!.Job.LastImage!;

        Assert.Equal($"/job-files/job-{id.ToString()[..4]}/{id}/last-rendered.jpg?v=1767607200123", image.Url);
        Assert.Equal($"/job-files/job-{id.ToString()[..4]}/{id}/last-rendered-small.jpg?v=1767607200123", image.SmallUrl);
        Assert.Equal($"/job-files/job-{id.ToString()[..4]}/{id}/last-rendered-tiny.jpg?v=1767607200123", image.TinyUrl);
        Assert.Equal((id, "shot"), (image.JobId, image.JobName));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1767607200123), image.Produced);
    }

    private Task<Page<JobRow>> JobsAsync(JobQuery query) => _farm.Reader.ReadJobsAsync(query, default);
}
