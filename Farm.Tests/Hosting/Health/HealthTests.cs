using System.Net;
using Farm.Server.Hosting.Health;
using Farm.Tests.Support;

namespace Farm.Tests.Hosting.Health;

public class HealthTests
{
    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(HealthChecks checks, string path)
    {
        await using var host = await SmallHost.StartAsync(app => app.MapHealth(checks));
        var response = await host.Client.GetAsync(path);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_farm_whose_checks_are_all_well_is_ready()
    {
        var checks = new HealthChecks(TimeProvider.System);
        checks.Add("database", _ => Task.FromResult<string?>(null));
        Assert.Equal((HttpStatusCode.OK, """{"status":"ok","checks":{"database":"ok"}}"""), await GetAsync(checks, "/health"));
    }

    [Fact]
    public async Task A_check_that_is_unwell_makes_the_farm_unready_but_not_dead()
    {
        var checks = new HealthChecks(TimeProvider.System);
        checks.Add("database", _ => Task.FromResult<string?>(null));
        checks.Add("disk", _ => Task.FromResult<string?>("less than 1 GB is free"));
        checks.Add("broken", _ => throw new InvalidOperationException("/secret/path"));
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable,
                """{"status":"unwell","checks":{"database":"ok","disk":"less than 1 GB is free","broken":"cannot be checked"}}"""),
            await GetAsync(checks, "/health"));
        Assert.Equal((HttpStatusCode.OK, """{"status":"ok","checks":{}}"""), await GetAsync(checks, "/health/live"));
    }

    [Fact]
    public async Task A_check_that_does_not_answer_is_unwell()
    {
        var time = new TimersFireAtOnce();
        var checks = new HealthChecks(time);
        checks.Add("database", _ => new TaskCompletionSource<string?>().Task);
        var (status, body) = await GetAsync(checks, "/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("does not answer in time", body);
    }

    private sealed class TimersFireAtOnce : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
