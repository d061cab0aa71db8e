using Farm.Server.Domain.Jobs;
using Farm.Server.Operations;
using Farm.Server.Store.Engine;
using Farm.Tests.Contracts.Aspire;
using Farm.Tests.Contracts.TaskTracker;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts;

/// <summary>A list of tiny tasks in one request makes rows that are many times as large: it is limited like a job.</summary>
public sealed class ManyTasksAtOnceTests : IAsyncLifetime
{
    private TestFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await TestFarm.StartAsync(new FarmLimits { Jobs = new JobSizeLimits(MaxTasks: 10, MaxTaskBytes: 16_384) });

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task Documents_of_a_seed()
    {
        var seed = await _farm.SeedAsync();
        var (status, answer) = await _farm.CallAsync("POST", "/pushUpdates", Push(seed, 11, "u"));
        Assert.Equal((406, 0L), (status, Tasks));
        Assert.Contains("this would make 11 tasks; the limit is 10 (setting jobs.max_tasks)", (string)answer["message"]!);
        (status, answer) = await _farm.CallAsync("POST", "/pushUpdates", Push(seed, 10, new string('u', 20_000)));
        Assert.Equal((406, 0L), (status, Tasks));
        Assert.Contains("jobs.max_task_bytes", (string)answer["message"]!);
        Assert.Equal(200, (await _farm.CallAsync("POST", "/pushUpdates", Push(seed, 10, "u"))).Status);
        Assert.Equal(10, Tasks);
    }

    [Fact]
    public async Task Recipes_of_a_project()
    {
        var (project, worker, _) = await _farm.PublicProjectAsync();
        var eleven = Enumerable.Repeat($$"""{"project":{{project}},"recipe":"r"}""", 11).ToArray();
        Assert.Contains("jobs.max_tasks", (await _farm.BulkAsync(worker, eleven)).Refused(400).Message);
        Assert.Contains("jobs.max_task_bytes", (await _farm.SubmitAsync(worker, project, new string('r', 20_000))).Refused(400).Message);
        Assert.Equal(0, Tasks);
        (await _farm.BulkAsync(worker, eleven[1..])).Good();
        Assert.Equal(10, Tasks);
    }

    private long Tasks => _farm.Service<FarmStore>().Read(db => db.Number("SELECT count(*) FROM tasks"));

    private static string Push(string seed, int count, string url)
    {
        var documents = string.Join(',', Enumerable.Repeat($$"""{"url":"{{url}}"}""", count));
        return $$"""{"seedId":"{{seed}}","documents":[{{documents}}]}""";
    }
}
