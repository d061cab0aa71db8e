using System.Net;
using System.Text;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Tasks;

/// <summary>A log text of many megabytes is written in parts, because the writer was held for its whole length.</summary>
public sealed class LongLogTests : IAsyncLifetime
{
    private static readonly string Text = string.Concat(Enumerable.Range(0, 80_000).Select(i => $"line {i} {new string('x', 40)}\n"));

    private TestFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await TestFarm.StartAsync();

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task No_write_holds_more_than_a_megabyte_of_a_log()
    {
        var (worker, task) = await TakenAsync();
        using var answer = await worker.ReportAsync(task["uuid"], new { taskStatus = "completed", log = Text });
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var rows = Rows();
        Assert.InRange(rows.Count, 4, 10);
        Assert.All(rows, row => Assert.InRange(row.Length, 1, 1024 * 1024));
        Assert.Equal(Text, string.Concat(string.Concat(rows).Split('\n').Where(line => line.StartsWith("line ", StringComparison.Ordinal)).Select(line => line + "\n")));
        Assert.Equal("completed", (string)(await _farm.GetAsync($"/api/v3/tasks/{task["uuid"]}"))["status"]!);
    }

    [Fact]
    public async Task A_repeated_report_does_not_repeat_its_log()
    {
        var (worker, task) = await TakenAsync();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await worker.ReportAsync(task["uuid"], new { taskStatus = "completed", log = Text });
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        Assert.Equal(1, Rows().Sum(row => row.Split("line 17 ").Length - 1));
    }

    [Fact]
    public async Task A_line_of_megabytes_is_broken_between_characters()
    {
        var (worker, task) = await TakenAsync();
        var line = "a" + new StringBuilder().Insert(0, "\U0001F600", 1024 * 1024);
        using var answer = await worker.ReportAsync(task["uuid"], new { log = line });
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(line, string.Concat(Rows()).Replace("\n", "")[^line.Length..]);
    }

    [Fact]
    public async Task An_activity_of_megabytes_is_refused()
    {
        var (worker, task) = await TakenAsync();
        using var answer = await worker.ReportAsync(task["uuid"], new { activity = new string('x', 20_000) });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("20000 characters; the most is 16384", await answer.Content.ReadAsStringAsync());
    }

    private async Task<(TestWorker Worker, System.Text.Json.Nodes.JsonObject Task)> TakenAsync()
    {
        await _farm.SubmitEchoAsync();
        var worker = await _farm.AwakeAsync();
        return (worker, await worker.TakeAsync());
    }

    private List<string> Rows()
    {
        List<string> rows = [];
        _farm.Service<FarmStore>().Read(db =>
        {
            using var command = db.Connection.CreateCommand();
            command.CommandText = "SELECT text FROM task_logs WHERE attempt_id IS NOT NULL ORDER BY id";
            using var reader = command.ExecuteReader();
            while (reader.Read()) rows.Add(reader.GetString(0));
            return true;
        });
        return rows;
    }
}
