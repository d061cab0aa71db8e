using System.Net;
using Farm.Dashboard.Ports;
using Farm.Server.Domain.Access;
using Farm.Server.Hosting.Dashboard;
using Farm.Tests.Support;

namespace Farm.Tests.Hosting.Dashboard;

public sealed class OverviewTests : IAsyncDisposableTest
{
    private readonly DashboardFarm _farm = new("http://[::]:8080");

    public ValueTask DisposeAsync() => _farm.DisposeAsync();

    [Fact]
    public async Task An_empty_farm_has_zero_counts()
    {
        var overview = await _farm.Reader.ReadOverviewAsync(default);

        Assert.Empty(overview.Jobs);
        Assert.Empty(overview.Workers);
        Assert.Equal(0, overview.Tasks.Total);
        Assert.Null(overview.LastImage);
    }

    [Fact]
    public async Task Jobs_and_workers_are_counted_by_status_and_tasks_only_in_open_jobs()
    {
        await _farm.JobAsync("waits", tasks: 3);
        await _farm.JobAsync("runs", tasks: 2, priority: 90);
        await _farm.Actions.CancelJobAsync(await _farm.JobAsync("over", tasks: 5), default);
        await _farm.Farm.Jobs.DeleteAsync(Caller.Farm, await _farm.JobAsync("deleted", tasks: 7));
        await _farm.CompleteAsync(await _farm.Farm.AwakeAsync("a"));
        await _farm.Farm.Presence.SignOffAsync((await _farm.Farm.AwakeAsync("b")).Id);

        var overview = await _farm.Reader.ReadOverviewAsync(default);

        Assert.Equal(
            new Dictionary<JobStatus, int> { [JobStatus.Queued] = 1, [JobStatus.Active] = 1, [JobStatus.Canceled] = 1 }, overview.Jobs);
        Assert.Equal(new Dictionary<WorkerStatus, int> { [WorkerStatus.Awake] = 1, [WorkerStatus.Offline] = 1 }, overview.Workers);
        Assert.Equal(new TaskCounts(4, 0, 0, 0, 0, 1, 0, 0), overview.Tasks);
    }

    [Fact]
    public async Task Counters_are_capped_at_the_maximum_integer()
    {
        await _farm.JobAsync("huge");
        await _farm.SqlAsync("UPDATE jobs SET tasks_queued = 3000000000, steps_total = 6000000000");

        Assert.Equal(int.MaxValue, (await _farm.Reader.ReadOverviewAsync(default)).Tasks.Queued);
        Assert.Equal(int.MaxValue, (await _farm.Reader.ReadJobsAsync(new JobQuery(new PageRequest(0, 1)), default)).Rows[0].StepsTotal);
    }

    [Fact]
    public async Task The_farms_newest_image_belongs_to_the_job_that_rendered_last()
    {
        var first = await _farm.JobAsync("first");
        var second = await _farm.JobAsync("second");
        await _farm.SqlAsync("UPDATE jobs SET last_rendered_at = 2000 WHERE uuid = $1", first);
        await _farm.SqlAsync("UPDATE jobs SET last_rendered_at = 1000 WHERE uuid = $1", second);

        Assert.Equal(first, (await _farm.Reader.ReadOverviewAsync(default)).LastImage!.JobId);
    }

    [Fact]
    public async Task The_farm_has_a_name_and_a_version_without_a_commit_hash()
    {
        var identity = await _farm.Reader.ReadIdentityAsync(default);

        Assert.Equal("Studio", identity.Name);
        Assert.Matches(@"^\d+\.\d+\.\d+", identity.Version);
        Assert.DoesNotContain('+', identity.Version);
        Assert.NotEmpty(identity.Addresses);
        Assert.All(identity.Addresses, address => Assert.EndsWith(":8080", address));
    }

    [Theory]
    [InlineData("http://[::]:8080", "http://192.168.1.5:8080 http://10.0.0.5:8080 http://84.1.2.3:8080 http://172.17.0.1:8080")]
    [InlineData("http://0.0.0.0:9000/", "http://192.168.1.5:9000 http://10.0.0.5:9000 http://84.1.2.3:9000 http://172.17.0.1:9000")]
    [InlineData("http://*:80", "http://192.168.1.5 http://10.0.0.5 http://84.1.2.3 http://172.17.0.1")]
    [InlineData("http://10.0.0.5:8080", "http://10.0.0.5:8080")]
    [InlineData("http://127.0.0.1:8080/", "http://127.0.0.1:8080")]
    [InlineData("http://localhost:8080", "http://localhost:8080")]
    public void A_wildcard_address_becomes_the_machines_addresses_most_likely_first(string listening, string expected)
    {
        IPAddress[] machine =
        [
            .. ((string[])["127.0.0.1", "172.17.0.1", "84.1.2.3", "192.168.1.5", "fe80::1", "2001:db8::1", "::1", "10.0.0.5"])
                .Select(IPAddress.Parse),
        ];

        Assert.Equal(expected.Split(' '), FarmIdentities.Addresses([listening], machine, []));
    }
}
