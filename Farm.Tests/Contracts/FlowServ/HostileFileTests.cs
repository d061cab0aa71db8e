using System.Text.Json.Nodes;
using Farm.Dashboard.Ports;
using Farm.Server.Contracts.FlowServ.Dashboard;
using Farm.Server.Operations.Accounts;
using Farm.Server.Store.Engine;
using Farm.Tests.Yaml;
using Microsoft.Extensions.DependencyInjection;

namespace Farm.Tests.Contracts.FlowServ;

/// <summary>Project folders and result files that once ended the server: each is refused, or ignored, and the server goes on.</summary>
public sealed class HostileFileTests : FlowServTest
{
    [Fact]
    public async Task A_hostile_template_is_not_installed_over_HTTP()
    {
        foreach (var (attack, (text, _)) in HostileYaml.Refused.Where(attack => attack.Value.Text.Length < 1024 * 1024))
        {
            foreach (var project in (Dictionary<string, string>[])[Projects.Of(text), new() { ["flowserv.yaml"] = text }])
            {
                var said = await Farm.TryInstallAsync(project);
                Assert.True(said.Status == 400, $"{attack}: {said.Status} {said.Text}");
                Assert.Contains(" in line ", (string)said.Json["error"]!);
            }
        }

        Assert.Single((await Farm.DoAsync(200, "GET", "workflows"))["workflows"]!.AsArray());
    }

    [Fact]
    public async Task A_hostile_JSON_template_is_not_installed()
    {
        foreach (var json in (string[])[new string('[', 60_000), $"{{\"workflow\": 1{new string('7', 100_000)}}}", "{\"\\ud800\": 1}", "{\"workflow\": \"\\udfff\"}"])
        {
            var said = await Farm.TryInstallAsync(new Dictionary<string, string> { ["flowserv.yaml"] = "name: x\nspecfile: workflow.json", ["workflow.json"] = json });
            Assert.True(said.Status == 400, $"{said.Status} {said.Text}");
            Assert.Contains("workflow.json", (string)said.Json["error"]!);
        }
    }

    [Fact]
    public async Task A_hostile_template_is_not_installed_by_the_page()
    {
        var boss = await Farm.AdministratorAsync("boss");
        var session = await Farm.Farm.Service<Sessions>().OpenAsync(boss.Id, TimeSpan.FromHours(1));
        IWorkflows page = ActivatorUtilities.CreateInstance<DashboardWorkflows>(Farm.Farm.Service<IServiceProvider>(), Farm.Farm.People(session.Token));
        foreach (var (text, _) in HostileYaml.Refused.Values.Where(attack => attack.Text.Length < 1024 * 1024))
        {
            using var archive = new MemoryStream(Projects.Packed(Projects.Of(text)));
            var refused = await Assert.ThrowsAsync<FarmActionException>(() => page.InstallAsync(archive, CancellationToken.None));
            Assert.Contains("in line ", refused.Message);
        }
    }

    [Fact]
    public async Task A_hostile_result_keeps_only_its_own_run_off_the_leaderboard()
    {
        var worker = await Farm.WorkerAsync();
        await CompleteAsync("{\"score\": 1}");
        string[] extra = [new('[', 1000), $"{{\"score\": 1{new string('0', 100_000)}}}", "{\"\\ud800\": 1}", "score: 0" + new string('7', 5000)];
        foreach (var text in HostileYaml.Refused.Values.Select(attack => attack.Text).Where(text => text.Length <= 1_100_000).Concat(extra)) await CompleteAsync(text);

        Assert.Equal(["1.0"], await ScoresAsync());
        Assert.Equal(["1.0"], await ScoresAsync());
        Assert.All(
            (await Farm.DoAsync(200, "GET", $"groups/{GroupId}/runs", Alice))["runs"]!.AsArray(), run => Assert.Equal("SUCCESS", (string)run!["state"]!));

        async Task CompleteAsync(string result)
        {
            await Farm.StartRunAsync(GroupId, Alice, Greeting);
            await worker.CompleteRunAsync(path => path.EndsWith("json", StringComparison.Ordinal) ? result : "");
        }
    }

    [Theory]
    [InlineData("{\"score\": 1{}}")]
    [InlineData("[[[")]
    [InlineData("{\"score\": \"\\ud800\"}")]
    public async Task A_stored_result_that_cannot_be_read_does_not_break_the_leaderboard(string stored)
    {
        await SucceededAsync(path => "{\"score\": 2}");
        var run = await SucceededAsync(path => "{\"score\": 3}");
        Assert.Equal(["3.0"], await ScoresAsync("&includeAll=False"));
        var results = stored.Replace("{}", new string('7', 10_000));
        await Farm.Farm.Service<FarmStore>().WriteAsync(tx => tx.Db.Execute("UPDATE runs SET results = $1 WHERE uuid = $2", results, Guid.Parse(run)));
        Assert.Equal(["2.0"], await ScoresAsync());
    }

    private async Task<string[]> ScoresAsync(string query = "&includeAll=True") =>
        [.. (await Farm.DoAsync(200, "GET", $"workflows/{Workflow}/leaderboard?orderBy={query}"))["ranking"]!.AsArray().Select(entry => ((JsonNode)entry!)["results"]![0]!["value"]!.ToJsonString())];
}
