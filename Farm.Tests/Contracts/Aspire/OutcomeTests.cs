using Farm.Server.Contracts.Aspire.Operations;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Aspire;

/// <summary>Contracts/Aspire/Contract.md sections 5.2, 5.6 and 6: acknowledge, complete, fail.</summary>
public sealed class OutcomeTests : IAsyncLifetime
{
    private TestFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await TestFarm.StartAsync();

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task Every_batch_request_can_be_repeated()
    {
        var seed = await _farm.FilledAsync(2, new { batchSize = 1 });
        var (good, bad) = (await _farm.FetchAsync("a"), await _farm.FetchAsync("a"));

        for (var i = 0; i < 2; i++) Assert.Equal(200, await _farm.TellAsync("ack", good));
        for (var i = 0; i < 2; i++) Assert.Equal(200, await _farm.TellAsync("complete", good));
        for (var i = 0; i < 2; i++) Assert.Equal(200, await _farm.TellAsync("fail", bad));
        foreach (var batch in new[] { good, bad }) Assert.Equal(200, await _farm.TellAsync("ack", batch));
        Assert.Equal((1, 0, 1, 0), await _farm.ItemsAsync(seed));
    }

    [Theory]
    [InlineData("complete", "fail", "already completed")]
    [InlineData("fail", "complete", "already failed")]
    public async Task The_first_outcome_stays(string first, string then, string message)
    {
        var seed = await _farm.FilledAsync(1);
        var batch = await _farm.FetchAsync("a");
        await _farm.TellAsync(first, batch);
        var before = await _farm.ItemsAsync(seed);
        var (status, body) = await _farm.CallAsync("PUT", $"/manager/batch/{then}/{batch.Id()}");

        Assert.Equal(200, status);
        Assert.Contains(message, (string)body["message"]!);
        Assert.Equal(before, await _farm.ItemsAsync(seed));
    }

    [Theory]
    [InlineData("complete")]
    [InlineData("fail")]
    public async Task An_outcome_without_acknowledgement_counts_as_one(string verb)
    {
        await _farm.FilledAsync(1);
        var batch = await _farm.FetchAsync("a");

        Assert.Equal(200, await _farm.TellAsync(verb, batch));
        await _farm.CallAsync("PUT", "/manager/release/worker/a");
        Assert.Equal(200, await _farm.TellAsync("ack", batch));
    }

    [Theory]
    [InlineData("ack")]
    [InlineData("complete")]
    [InlineData("fail")]
    public async Task A_late_request_cannot_affect_a_released_batch(string verb)
    {
        var seed = await _farm.FilledAsync(2);
        var stale = await _farm.FetchAsync("a");
        await _farm.CallAsync("PUT", "/manager/release/worker/a");
        var present = await _farm.FetchAsync("b");

        Assert.NotEqual(stale.Id(), present.Id());
        Assert.Equal(stale.Urls(), present.Urls());
        Assert.Equal(404, await _farm.TellAsync(verb, stale));
        Assert.Equal((0, 2, 0, 0), await _farm.ItemsAsync(seed));
        Assert.Equal(200, await _farm.TellAsync("complete", present));
        Assert.Equal((0, 0, 2, 0), await _farm.ItemsAsync(seed));
    }

    [Fact]
    public async Task Failed_entries_are_retried_until_the_retry_limit()
    {
        await using var farm = await AspireClient.FarmAsync(new BatchSettings { RetryLimit = 3 });
        var seed = await farm.FilledAsync(2);
        for (var retries = 0; retries < 3; retries++)
        {
            var batch = await farm.FetchAsync("a");
            Assert.All(batch["entry"]!.AsArray(), entry => Assert.Equal((retries, 0), ((int)entry!["inCrawlRetries"]!, (int)entry["crawlRetries"]!)));
            Assert.Equal(200, (await farm.CallAsync("PUT", "/manager/batch/fail", $$"""{"id":"{{batch.Id()}}","message":"no route"}""")).Status);
        }

        Assert.Equal((0, 0, 0, 2), await farm.ItemsAsync(seed));
        Assert.Empty(await farm.FetchAllAsync("b"));
        var task = (await farm.GetAsync($"/api/v3/jobs/{farm.JobOf(seed)}/tasks"))["tasks"]![0]!;
        Assert.Equal("failed", (string)task["status"]!);
        Assert.Contains("no route", await LogOfAsync(farm, (string)task["id"]!));
    }

    [Fact]
    public async Task Requeueing_an_entry_by_hand_resets_its_retries()
    {
        await using var farm = await AspireClient.FarmAsync(new BatchSettings { RetryLimit = 1 });
        var seed = await farm.FilledAsync(1);
        Assert.Equal(200, await farm.TellAsync("fail", await farm.FetchAsync("a")));
        Assert.Equal((0, 0, 0, 1), await farm.ItemsAsync(seed));
        using var requeued = await farm.Client.PutAsync("/api/tasks", new StringContent($$"""{"Command":"requeue","JobID":"{{farm.JobOf(seed)}}","TaskList":[0]}"""));

        var batch = await farm.FetchAsync("a");
        Assert.Equal(0, (int)batch["entry"]![0]!["inCrawlRetries"]!);
    }

    [Fact]
    public async Task Known_ids_are_processed_and_unknown_ones_reported()
    {
        var seed = await _farm.FilledAsync(2, new { batchSize = 1 });
        var batches = await _farm.FetchAllAsync("a");
        var (status, body) = await _farm.CallAsync(
            "PUT", "/manager/batch/complete", $$"""[{"id":"{{batches[0].Id()}}"},{"id":["AAABcID5GBc=","x","x"]},{"id":"{{batches[1].Id()}}"}]""");

        Assert.Equal(200, status);
        Assert.Equal(["AAABcID5GBc=", "x"], body["error"]!.AsArray().Select(error => (string)error!["id"]!));
        Assert.Equal((0, 0, 2, 0), await _farm.ItemsAsync(seed));
    }

    private static async Task<string> LogOfAsync(TestFarm farm, string task)
    {
        var info = await farm.GetAsync($"/api/v3/tasks/{task}/log");
        return await farm.Client.GetStringAsync((string)info["url"]!);
    }
}
