using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.TaskTracker;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.TaskTracker;

/// <summary>Contracts/TaskTracker/Contract.md sections 4.3 and 5.9: what workers say, and who reads it.</summary>
public sealed class LogTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"scope":"","message":"b","timestamp":1}""")]
    [InlineData("""{"scope":"a","message":"","timestamp":1}""")]
    [InlineData("""{"scope":"a","message":"b","timestamp":0}""")]
    [InlineData("""{"scope":"a","message":"b","timestamp":-1}""")]
    [InlineData("""{"scope":"a","message":"b","timestamp":1.5}""")]
    [InlineData("""{"scope":"a","message":"b"}""")]
    [InlineData("nonsense")]
    public async Task A_line_needs_a_scope_a_message_and_a_time(string body)
    {
        await using var farm = await TestFarm.StartAsync();
        (await farm.CallAsync("POST", "/log/info", body, await farm.TrackerWorkerAsync("node"))).Refused(400);
    }

    [Fact]
    public async Task Everybody_can_read_stored_lines_in_order()
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.TrackerWorkerAsync("node");
        foreach (var (level, time) in new[] { ("warn", 30), ("warn", 20), ("warn", 10), ("info", 40), ("error", 50), ("trace", 60) })
            (await farm.CallAsync("POST", $"/log/{level}", $$"""{"Scope":"render","Message":"at {{time}}","Timestamp":{{time}}}""", worker)).Good();

        Assert.Equal(["at 30", "at 20"], await ReadAsync(farm, 4, 10));
        Assert.Equal(["at 40"], await ReadAsync(farm, 5, 1));
        Assert.Equal(["at 50"], await ReadAsync(farm, 3, 1));
        Assert.Empty(await ReadAsync(farm, 7, 1));
        Assert.Empty(await ReadAsync(farm, 4, 30));
        Assert.Empty(await ReadAsync(farm, 99, 1));
    }

    [Theory]
    [InlineData("""{"level":4}""")]
    [InlineData("""{"level":4,"since":0}""")]
    [InlineData("""{"level":4,"since":-1}""")]
    [InlineData("""{"level":"warn","since":1}""")]
    [InlineData("")]
    public async Task Reading_the_log_requires_a_start_time(string body)
    {
        await using var farm = await TestFarm.StartAsync();
        (await farm.CallAsync("POST", "/logs", body)).Refused(400);
    }

    [Fact]
    public async Task The_stored_levels_and_number_of_lines_are_configurable()
    {
        var settings = new TrackerSettings
        {
            Projects = new ProjectSettings { StoredLogLevels = [ProjectLogLevel.Trace], KeptLogLines = 2 },
        };
        await using var farm = await TestFarm.StartAsync(
            contracts: new Dictionary<string, ContractSettings> { ["task_tracker"] = new() { Own = settings } });
        var worker = await farm.TrackerWorkerAsync("node");
        for (var time = 10; time < 15; time++)
        {
            (await farm.CallAsync("POST", "/log/trace", $$"""{"scope":"render","message":"at {{time}}","timestamp":{{time}}}""", worker)).Good();
            (await farm.CallAsync("POST", "/log/error", """{"scope":"render","message":"lost","timestamp":1000}""", worker)).Good();
        }

        await farm.Service<ProjectLog>().RemoveOldAsync();
        Assert.Equal(["at 13", "at 14"], await ReadAsync(farm, 7, 1));
        Assert.Empty(await ReadAsync(farm, 3, 1));
    }

    [Fact]
    public async Task What_happens_to_projects_and_people_is_in_the_log_without_secrets()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.CallAsync("POST", "/register", """{"username":"lead","password":"correct horse"}""");
        var owner = await farm.PersonAsync("owner");
        var id = await farm.ProjectAsync(owner, "shot");
        (await farm.CallAsync("POST", $"/project/secret/{id}", """{"secret":"hush hush"}""", owner)).Good();
        await farm.GrantAsync(owner, id, await farm.TrackerWorkerAsync("node"), "\"assign\":true");
        (await farm.CallAsync("POST", $"/project/hard_reset/{id}", null, owner)).Good();
        var text = (await farm.CallAsync("POST", "/logs", """{"level":5,"since":1}""")).Good();
        Snapshot.Verify(text.Text);
        Assert.DoesNotContain("hush", text.Text);
        Assert.DoesNotContain("horse", text.Text);
    }

    [Fact]
    public async Task All_lines_go_to_the_farms_log_too()
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.TrackerWorkerAsync("node");
        (await farm.CallAsync("POST", "/log/trace", """{"scope":"render","message":"one step","timestamp":10}""", worker)).Good();
        var log = Path.Combine(farm.Data, "farm", "logs");
        for (var waited = 0; waited < 300 && !Said(); waited++) await Task.Delay(100);
        Assert.True(Said());

        bool Said() => Directory.Exists(log) && Directory.GetFiles(log).Any(file =>
        {
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd().Contains("render: one step (worker 1)");
        });
    }

    [Fact]
    public async Task A_very_long_line_is_truncated()
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.TrackerWorkerAsync("node");
        var body = $$"""{"scope":"a","message":"{{new string('x', 100_000)}}","timestamp":1000}""";
        (await farm.CallAsync("POST", "/log/info", body, worker)).Good();
        Assert.Equal(16 * 1024 + 1, (await ReadAsync(farm, 5, 999)).First().Length);
    }

    private static async Task<IEnumerable<string>> ReadAsync(TestFarm farm, int level, long since) =>
        (await farm.CallAsync("POST", "/logs", $$"""{"level":{{level}},"since":{{since}}}""")).Good().Content["logs"]!.AsArray()
            .Where(line => (long)line!["timestamp"]! < 1_700_000_000).Select(line => (string)line!["message"]!);
}
