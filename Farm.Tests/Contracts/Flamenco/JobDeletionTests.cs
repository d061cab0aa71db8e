using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>Removing jobs, many at once, and knowing beforehand what goes with them (Contracts/Flamenco/Contract.md section 6.2).</summary>
public sealed class JobDeletionTests
{
    private const string Mass = "/api/v3/jobs/mass-delete";

    [Fact]
    public async Task What_a_deletion_would_delete()
    {
        await using var farm = await TestFarm.StartAsync();
        var plain = await farm.SubmitEchoAsync();
        var job = await farm.SubmitAsync(new
        {
            name = "Checked out",
            type = "echo-sleep-test",
            submitter_platform = "linux",
            storage = new { shaman_checkout_id = "shot/10" },
        });
        Snapshot.Verify(await farm.Client.GetStringAsync($"/api/v3/jobs/{job["id"]}/what-would-delete-do"));
        Assert.False((bool)(await farm.GetAsync($"/api/v3/jobs/{plain["id"]}/what-would-delete-do"))["shaman_checkout"]!);
        await farm.Client.GetAsync($"/api/v3/jobs/{Answers.Nobody}/what-would-delete-do").IsRefusedAsync(404);
        await farm.Client.GetAsync("/api/v3/jobs/no-id/what-would-delete-do").IsRefusedAsync(400);
    }

    [Fact]
    public async Task Mass_deletion_deletes_unchanged_jobs_of_any_status_and_no_others()
    {
        await using var farm = await TestFarm.StartAsync();
        var (queued, paused) = (await farm.SubmitEchoAsync(), await farm.SubmitEchoAsync(status: "paused"));
        farm.Time.Advance(TimeSpan.FromSeconds(2));
        var later = await farm.SubmitEchoAsync();
        await DeleteAsync(farm, "2026-01-05T10:00:01Z").IsEmptyAsync();
        foreach (var job in new[] { queued, paused }) Assert.True(await IsGoingAsync(farm, job));
        Assert.False(await IsGoingAsync(farm, later));
    }

    [Theory]
    [InlineData("2026-01-05T10:00:00.000000001Z", true)]
    [InlineData("2026-01-05T10:00:00.2+00:00", true)]
    [InlineData("2026-01-05T11:00:00.7+01:00", true)]
    [InlineData("2026-01-05t10:00:01z", true)]
    [InlineData("2026-01-05T10:00:00.000Z", false)]
    [InlineData("2026-01-05T09:59:59.9Z", false)]
    public async Task The_time_is_rounded_up_to_a_second(string until, bool removed)
    {
        await using var farm = await TestFarm.StartAsync();
        farm.Time.Advance(TimeSpan.FromMilliseconds(999));
        var job = await farm.SubmitEchoAsync();
        if (removed) await DeleteAsync(farm, until).IsEmptyAsync();
        else await DeleteAsync(farm, until).IsRefusedAsync(416);
        Assert.Equal(removed, await IsGoingAsync(farm, job));
    }

    [Fact]
    public async Task Mass_deletion_can_span_several_transactions()
    {
        await using var farm = await TestFarm.StartAsync();
        for (var i = 0; i < 201; i++) await farm.SubmitEchoAsync(sleeps: 0);
        await DeleteAsync(farm, "2026-01-05T10:00:00Z").IsEmptyAsync();
        await DeleteAsync(farm, "2026-01-05T10:00:00Z").IsRefusedAsync(416);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"last_updated_max":"yesterday"}""")]
    [InlineData("""{"last_updated_max":"2026-01-05T10:00:00"}""")]
    [InlineData("""{"last_updated_max":"2026-13-05T10:00:00Z"}""")]
    [InlineData("""{"last_updated_max":5}""")]
    [InlineData("")]
    public async Task Mass_deletion_without_a_time_deletes_nothing(string body)
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitEchoAsync();
        var request = new HttpRequestMessage(HttpMethod.Delete, Mass) { Content = new StringContent(body, null, "application/json") };
        await farm.Client.SendAsync(request).IsRefusedAsync(400);
        Assert.False(await IsGoingAsync(farm, job));
    }

    private static Task<HttpResponseMessage> DeleteAsync(TestFarm farm, string until) =>
        farm.Client.SendAsync(new HttpRequestMessage(HttpMethod.Delete, Mass) { Content = JsonContent.Create(new { last_updated_max = until }) });

    /// <summary>Whether a job is gone, or marked so that it soon will be.</summary>
    private static async Task<bool> IsGoingAsync(TestFarm farm, JsonObject job)
    {
        using var answer = await farm.Client.GetAsync($"/api/v3/jobs/{job["id"]}");
        return (int)answer.StatusCode == 404 || (await TestFarm.JsonAsync(answer))["delete_requested_at"] is not null;
    }
}
