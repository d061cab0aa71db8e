using System.Text.Json.Nodes;
using Farm.Server.Store.Engine;
using Farm.Tests.Operations.Model;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.FlowServ;

/// <summary>Issue: a hundred runs at once on four workers all end as they should.</summary>
public sealed class ManyRunsTests : FlowServTest
{
    private const int Runs = 100;

    [Fact]
    public async Task A_hundred_concurrent_runs_on_four_workers_end_correctly()
    {
        var started = await Task.WhenAll(Enumerable.Range(0, Runs).Select(number => Farm.StartRunAsync(GroupId, Alice, $$"""[{"name":"greeting","value":"{{Kind(number)}} {{number}}"}]""")));
        var workers = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Farm.WorkerAsync($"node-{number}")));
        // Canceled before any worker is there for them: whoever is asked for work then must not get them.
        await Task.WhenAll(started.Where(run => Word(run) == "cancel").Select(run => Farm.DoAsync(200, "PUT", $"runs/{run["id"]}", Alice, "{}")));
        await Task.WhenAll(workers.Select(DrainAsync));

        foreach (var run in started)
        {
            var handle = await Farm.DoAsync(200, "GET", $"runs/{run["id"]}", Alice);
            var expected = Word(run) switch { "fail" => "ERROR", "cancel" => "CANCELED", _ => "SUCCESS" };
            Assert.Equal(expected, (string)handle["state"]!);
            if (expected == "ERROR") Assert.Equal((string)run["arguments"]![0]!["value"]!, (string)handle["messages"]![0]!);
            if (expected != "SUCCESS") continue;
            var file = await Farm.FetchAsync($"runs/{run["id"]}/downloads/files/{handle["files"]![0]!["id"]}");
            Assert.Equal((string)run["arguments"]![0]!["value"]!, System.Text.Encoding.UTF8.GetString(file));
        }

        Invariants.Check(Farm.Farm.Service<FarmStore>());
    }

    /// <summary>Does whatever there is to do.</summary>
    private static async Task DrainAsync(TestWorker worker)
    {
        while (true)
        {
            using var answer = await worker.ScheduleAsync();
            if ((int)answer.StatusCode == 204) return;
            var task = await TestFarm.JsonAsync(answer);
            var said = RunWorker.Lines(task).Single().Split("--greeting ")[1].Split(" $")[0];
            if (said.StartsWith("fail", StringComparison.Ordinal)) await worker.FailRunAsync(task, said);
            else await worker.FinishAsync(task, _ => said);
        }
    }

    private static string Kind(int number) => (number % 10) switch { 0 => "fail", 1 => "cancel", _ => "greet" };

    private static string Word(JsonNode run) => ((string)run["arguments"]![0]!["value"]!).Split(' ')[0];
}
