using System.Text.Json.Nodes;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Deadline;

/// <summary>Contracts/Deadline/Contract.md sections 4.3 and 4.4: what follows for the job and for what is handed out.</summary>
public sealed class JobStatusTests : IAsyncLifetime
{
    private TestFarm _farm = null!;
    private JsonObject _job = null!;

    public async Task InitializeAsync()
    {
        _farm = await TestFarm.StartAsync();
        _job = await _farm.SubmitFramesAsync(4);
    }

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Theory]
    [InlineData("complete 0,1,2", 1, "active")]
    [InlineData("complete 0,1,2;suspend 3", 2, "paused")]
    [InlineData("complete 0;fail 1;pend 2;suspend 3", 2, "paused")]
    [InlineData("complete 0;fail 1;pend 2,3", 6, "paused")]
    [InlineData("complete 0,1;fail 2,3", 4, "failed")]
    [InlineData("fail 0", 1, "queued")]
    [InlineData("complete 0,1,2,3", 3, "completed")]
    [InlineData("complete 0,1,2,3;requeue 2", 1, "active")]
    [InlineData("fail 0,1,2,3;resumefailed 2", 1, "queued")]
    [InlineData("pend 0,1,2,3;releasepending 0", 1, "queued")]
    [InlineData("suspend 0,1,2,3;resume 0", 1, "queued")]
    public async Task The_status_of_the_job_follows_from_its_tasks(string commands, int stat, string status)
    {
        foreach (var command in commands.Split(';').Select(text => text.Split(' '))) await _farm.DoAsync(_job, command[0], $"[{command[1]}]");

        Assert.Equal((stat, status), (await _farm.JobStatAsync(_job), await _farm.StatusOfAsync(_job)));
    }

    [Fact]
    public async Task Only_queued_tasks_are_handed_out_lowest_index_first()
    {
        var worker = await _farm.AwakeAsync();
        await _farm.DoAsync(_job, "suspend", "0");
        await _farm.DoAsync(_job, "pend", "1");
        await _farm.DoAsync(_job, "fail", "2");
        Assert.Equal("render-4", (string)(await worker.TakeAndCompleteAsync())["name"]!);

        using var nothing = await worker.ScheduleAsync();
        Assert.Equal(204, (int)nothing.StatusCode);

        await _farm.DoAsync(_job, "resumefailed");
        await _farm.DoAsync(_job, "resume");
        await _farm.DoAsync(_job, "releasepending");
        foreach (var name in (string[])["render-1", "render-2", "render-3"])
            Assert.Equal(name, (string)(await worker.TakeAndCompleteAsync())["name"]!);
        Assert.Equal("completed", await _farm.StatusOfAsync(_job));
    }

    [Fact]
    public async Task Failing_or_requeueing_a_task_does_not_affect_others()
    {
        await _farm.DoAsync(_job, "fail", "[0,1]");
        await _farm.ExpectAsync(_job, 6, 6, 2, 2);

        await _farm.DoAsync(_job, "complete");
        await _farm.DoAsync(_job, "requeue", "3");
        await _farm.ExpectAsync(_job, 5, 5, 5, 2);
    }

    [Fact]
    public async Task Completing_a_task_releases_its_dependents()
    {
        var echo = await _farm.SubmitEchoAsync(priority: 90);
        var worker = await _farm.AwakeAsync("node", "misc");
        await _farm.DoAsync(echo, "complete", "0");

        Assert.Equal("sleep", (string)(await worker.TakeAsync())["name"]!);
    }

    [Fact]
    public async Task Requeueing_a_completed_task_does_not_affect_its_dependents()
    {
        var echo = await _farm.SubmitEchoAsync(2);
        await _farm.DoAsync(echo, "complete", "[0,1]");

        await _farm.DoAsync(echo, "requeue", "0");

        await _farm.ExpectAsync(echo, 2, 5, 2);
        var worker = await _farm.AwakeAsync("node", "misc");
        Assert.Equal("echo", (string)(await worker.TakeAsync())["name"]!);
    }

    [Fact]
    public async Task Requeueing_all_tasks_clears_the_blocklist()
    {
        var worker = await _farm.AwakeAsync();
        for (var task = 0; task < 4; task++)
        {
            using var answer = await worker.ScheduleAsync();
            if ((int)answer.StatusCode != 200) break;
            await worker.ReportAsync(await TestFarm.JsonAsync(answer), "failed");
        }

        Assert.Equal("failed", await _farm.StatusOfAsync(_job));
        await _farm.DoAsync(_job, "requeue");

        Assert.Equal("render-1", (string)(await worker.TakeAsync())["name"]!);
    }
}
