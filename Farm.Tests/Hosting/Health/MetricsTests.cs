using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Farm.Server.Contracts.Shared;
using Farm.Server.Hosting.Health;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;

namespace Farm.Tests.Hosting.Health;

/// <summary><c>GET /metrics</c>. Counters are per process and shared with other tests, so only their minimum growth can be checked.</summary>
public class MetricsTests
{
    [Fact]
    public async Task Metrics_are_in_Prometheus_text_format()
    {
        await using var farm = await TestFarm.StartAsync();
        using var response = await farm.Client.GetAsync("/metrics");
        var type = response.Content.Headers.ContentType!;
        Assert.Equal(("text/plain", "0.0.4", "utf-8"), (type.MediaType, type.Parameters.Single(p => p.Name == "version").Value, type.CharSet));
        var text = await response.Content.ReadAsStringAsync();
        Assert.Contains("# TYPE farm_jobs gauge\n# HELP farm_jobs Jobs by status.\nfarm_jobs{status=\"under-construction\"} 0\n", text);
        Assert.DoesNotContain('\r', text);
        Assert.EndsWith("\n", text);
    }

    [Fact]
    public async Task Jobs_tasks_and_workers_are_counted_by_status_per_farm()
    {
        await using var other = await TestFarm.StartAsync();
        await other.SubmitEchoAsync();
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitFramesAsync(3);
        await farm.SubmitEchoAsync(status: "paused");
        var worker = await farm.AwakeAsync("node", "blender");
        await worker.TakeAsync();

        var numbers = await NumbersAsync(farm);

        Assert.Equal(1, numbers["farm_jobs{status=\"active\"}"]);
        Assert.Equal(1, numbers["farm_jobs{status=\"paused\"}"]);
        Assert.Equal(0, numbers["farm_jobs{status=\"failed\"}"]);
        Assert.Equal(1, numbers["farm_tasks{status=\"active\"}"]);
        Assert.Equal(4, numbers["farm_tasks{status=\"queued\"}"]);
        Assert.Equal(0, numbers["farm_tasks{status=\"completed\"}"]);
        Assert.Equal(4, numbers["farm_tasks_waiting"]);
        Assert.Equal(1, numbers["farm_tasks_active"]);
        Assert.Equal(1, numbers["farm_workers{status=\"awake\"}"]);
        Assert.Equal(0, numbers["farm_workers{status=\"offline\"}"]);
    }

    [Fact]
    public async Task Handed_out_tasks_and_task_updates_are_counted()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitFramesAsync(3);
        var worker = await farm.AwakeAsync("node", "blender");
        var before = await NumbersAsync(farm);
        var task = await worker.TakeAndCompleteAsync();
        await worker.ReportAsync(task, "completed");
        await worker.ReportAsync(task, "failed");
        var after = await NumbersAsync(farm);

        AssertGrew(before, after, "farm_tasks_handed_out_total", 1);
        AssertGrew(before, after, "farm_task_updates_total{outcome=\"accepted\"}", 1);
        AssertGrew(before, after, "farm_task_updates_total{outcome=\"repeated\"}", 1);
        AssertGrew(before, after, "farm_task_updates_total{outcome=\"late\"}", 1);
    }

    [Fact]
    public async Task Commits_the_write_queue_and_the_database_log_are_measured()
    {
        await using var farm = await TestFarm.StartAsync();
        var store = farm.Service<FarmStore>();
        var before = await NumbersAsync(farm);
        using var go = new ManualResetEventSlim();
        using var holds = new ManualResetEventSlim();
        var held = store.WriteAsync(_ =>
        {
            holds.Set();
            go.Wait();
        });
        holds.Wait();
        var waiting = Enumerable.Range(0, 7).Select(_ => store.WriteAsync(tx => { })).ToList();
        var during = await NumbersAsync(farm);
        go.Set();
        await Task.WhenAll([held, .. waiting]);
        var after = await NumbersAsync(farm);

        Assert.Equal(7, during["farm_store_queue"]);
        Assert.Equal(0, after["farm_store_queue"]);
        // PostgreSQL has its log elsewhere.
        if (TestDatabase.IsPostgres) Assert.Equal(0, after["farm_store_log_bytes"]);
        else Assert.InRange(after["farm_store_log_bytes"], 1, 64 << 20);
        AssertGrew(before, after, "farm_store_commit_operations_sum", 8);
        AssertGrew(before, after, "farm_store_commit_operations_count", 1);
        AssertGrew(before, after, "farm_store_commit_duration_seconds_count", 1);
        Assert.Contains("farm_store_commit_duration_seconds_bucket{le=\"0.01\"}", after.Keys);
        Assert.Contains("farm_store_commit_operations_bucket{le=\"512\"}", after.Keys);
    }

    [Fact]
    public async Task Requests_are_counted_by_protocol_and_response_status()
    {
        await using var farm = await TestFarm.StartAsync(contracts: new Dictionary<string, ContractSettings> { ["deadline"] = new() { Prefix = "/deadline" } });
        var before = await NumbersAsync(farm);
        await GetAsync(farm, "/api/v3/version");
        await GetAsync(farm, "/api/v3/jobs/no-such-job");
        await GetAsync(farm, "/deadline/api/pools");
        await GetAsync(farm, "/aspire_api/nothing");
        await GetAsync(farm, "/api/farm/v1/nothing");
        await GetAsync(farm, "/static/theme/base.css");
        await GetAsync(farm, "/there/is/nothing");
        var after = await NumbersAsync(farm);

        foreach (var labels in (string[])
            [
                "protocol=\"flamenco\",status=\"200\"", "protocol=\"flamenco\",status=\"400\"", "protocol=\"deadline\",status=\"200\"",
                "protocol=\"aspire\",status=\"404\"", "protocol=\"farm\",status=\"404\"", "protocol=\"none\",status=\"404\"",
                "protocol=\"none\",status=\"200\"",
            ])
            AssertGrew(before, after, $"farm_http_requests_total{{{labels}}}", 1);
        AssertGrew(before, after, "farm_http_request_duration_seconds_count{protocol=\"flamenco\"}", 2);
        Assert.DoesNotContain(after.Keys, name => name.Contains("/there"));
    }

    [Fact]
    public async Task A_dashboard_page_is_counted_as_a_dashboard_request()
    {
        await using var farm = await TestFarm.StartAsync();
        var before = await NumbersAsync(farm);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Accept.ParseAdd("text/html");
        using var page = await farm.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        AssertGrew(before, await NumbersAsync(farm), "farm_http_requests_total{protocol=\"dashboard\",status=\"200\"}", 1);
    }

    [Fact]
    public async Task A_failing_gauge_does_not_affect_the_others()
    {
        await using var farm = await TestFarm.StartAsync();
        farm.Service<IMeterFactory>().Create(FarmGauges.MeterName)
            .CreateObservableGauge("farm.broken", long () => throw new InvalidOperationException("no database"));
        var numbers = await NumbersAsync(farm);
        Assert.DoesNotContain("farm_broken", numbers.Keys);
        Assert.Equal(0, numbers["farm_tasks_waiting"]);
    }

    [Fact]
    public async Task Metrics_accept_only_GET()
    {
        await using var farm = await TestFarm.StartAsync();
        using var response = await farm.Client.PostAsJsonAsync("/metrics", new { });
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    private static async Task GetAsync(TestFarm farm, string path)
    {
        using var answer = await farm.Client.GetAsync(path);
    }

    private static void AssertGrew(Dictionary<string, double> before, Dictionary<string, double> after, string name, double atLeast) =>
        Assert.InRange(after.GetValueOrDefault(name) - before.GetValueOrDefault(name), atLeast, double.MaxValue);

    /// <summary>All values by name with labels.</summary>
    private static async Task<Dictionary<string, double>> NumbersAsync(TestFarm farm)
    {
        var text = await farm.Client.GetStringAsync("/metrics");
        return text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToDictionary(
            line => line[..line.LastIndexOf(' ')].Replace("{}", ""), line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }
}
