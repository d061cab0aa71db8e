using System.Net;
using System.Text.Json.Nodes;
using Farm.Server.Domain;
using Farm.Server.Domain.Events;
using Farm.Server.Hosting.Health;
using Farm.Server.Operations.Managers;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farm.Tests.Hosting.Health;

public class HealthTests
{
    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(Action<IHealthChecksBuilder> add, string path)
    {
        using var data = new TemporaryDirectory();
        await using var store = FarmStore.Open(new DataDirectory(data["farm"]), TimeProvider.System, new FarmEvents(), NullLogger.Instance, ProtocolSchemas.All);
        using var managers = new ManagerGroup(
            store, new ManagerName("box:8080", "1.0"), new FarmEvents(), TimeProvider.System, TimeProvider.System, NullLogger<ManagerGroup>.Instance);
        await using var host = await TestWebHost.StartAsync(
            app => app.MapHealth(_ => true), services => add(services.AddSingleton(managers).AddHealthChecks()));
        using var response = await host.Client.GetAsync(path);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        var body = (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(path == "/health", body.Remove("managers"));
        return (response.StatusCode, body.ToJsonString());
    }

    private static void AddUnwell(IHealthChecksBuilder checks) => checks
        .AddCheck("database", () => HealthCheckResult.Healthy())
        .AddCheck("disk", () => HealthCheckResult.Unhealthy("less than 1 GB is free"))
        .AddCheck("broken", () => throw new InvalidOperationException("/secret/path"));

    [Fact]
    public async Task A_farm_with_only_healthy_checks_is_ready() => Assert.Equal(
        (HttpStatusCode.OK, """{"status":"ok","checks":{"database":"ok"}}"""),
        await GetAsync(checks => checks.AddCheck("database", () => HealthCheckResult.Healthy()), "/health"));

    [Fact]
    public async Task An_unhealthy_check_makes_the_farm_unready_but_still_live()
    {
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable,
                """{"status":"unwell","checks":{"database":"ok","disk":"less than 1 GB is free","broken":"cannot be checked"}}"""),
            await GetAsync(AddUnwell, "/health"));
        Assert.Equal((HttpStatusCode.OK, """{"status":"ok","checks":{}}"""), await GetAsync(AddUnwell, "/health/live"));
    }

    [Fact]
    public async Task A_degraded_check_makes_the_farm_unready_too() => Assert.Equal(
        (HttpStatusCode.ServiceUnavailable, """{"status":"unwell","checks":{"disk":"slow"}}"""),
        await GetAsync(checks => checks.AddCheck("disk", () => HealthCheckResult.Degraded("slow")), "/health"));

    [Fact]
    public async Task A_check_that_times_out_is_unhealthy()
    {
        var (status, body) = await GetAsync(
            checks => checks.AddAsyncCheck(
                "database",
                async cancel =>
                {
                    await Task.Delay(Timeout.Infinite, cancel);
                    return HealthCheckResult.Healthy();
                },
                timeout: TimeSpan.FromMilliseconds(1)),
            "/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("does not answer in time", body);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/health/live")]
    public async Task Health_accepts_only_GET(string path)
    {
        await using var host = await TestWebHost.StartAsync(app => app.MapHealth(_ => true), services => services.AddHealthChecks());
        using var response = await host.Client.PostAsync(path, null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task A_farm_that_cannot_write_its_database_is_unready()
    {
        await using var farm = await TestFarm.StartAsync();
        var body = JsonNode.Parse(await farm.Client.GetStringAsync("/health"))!;
        Assert.Equal(TestDatabase.IsPostgres ? """{"database":"ok"}""" : """{"database":"ok","backups":"ok"}""", body["checks"]!.ToJsonString());
        var only = Assert.Single(body["managers"]!.AsArray())!;
        Assert.StartsWith(Environment.MachineName + ":", (string)only["name"]!);
        Assert.Equal((true, true, "ok"), ((bool)only["leader"]!, (bool)only["self"]!, (string)only["connection"]!));
        // Nothing can be written while another operation holds the writer.
        using var go = new ManualResetEventSlim();
        var held = farm.Service<FarmStore>().WriteAsync(_ => go.Wait());
        using var response = await farm.Client.GetAsync("/health");
        go.Set();
        // PostgreSQL has ended the transaction meanwhile, so that other managers can write.
        if (TestDatabase.IsPostgres) await Assert.ThrowsAsync<FarmException>(() => held);
        else await held;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var unwell = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(("unwell", "does not answer in time"), ((string)unwell["status"]!, (string)unwell["checks"]!["database"]!));
    }
}
