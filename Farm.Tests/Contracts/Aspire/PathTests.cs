using Farm.Server.Contracts.Shared;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Aspire;

/// <summary>Contracts/Aspire/Contract.md sections 2 and 4: every call in all of its forms, over the wire.</summary>
public sealed class PathTests(SharedFarm shared) : IClassFixture<SharedFarm>
{
    private readonly TestFarm _farm = shared.Farm;

    [Theory]
    [InlineData("/aspire_api")]
    [InlineData("/aspire/_api")]
    public async Task Ids_are_accepted_in_the_path_and_in_three_body_forms_below_both_base_paths(string root)
    {
        var worker = $"w{Guid.NewGuid():N}";
        var seed = await _farm.FilledAsync(20, new { batchSize = 1, tags = worker });
        foreach (var (call, ids) in new (string, Func<Task<string>>)[]
        {
            ("release/worker", () => Task.FromResult(worker)),
            ("release/seed", () => Task.FromResult(seed)),
            ("batch/ack", async () => (await _farm.FetchAsync(worker, $"&tags={worker}")).Id()),
        })
        {
            await _farm.FetchAsync(worker, $"&tags={worker}");
            Assert.Equal(200, (await _farm.CallAsync("GET", $"/manager/{call}/{await ids()}", root: root)).Status);
            Assert.Equal(200, (await _farm.CallAsync("PUT", $"/manager/{call}/{await ids()}", root: root)).Status);
            Assert.Equal(200, (await _farm.CallAsync("PUT", $"/manager/{call}/{await ids()}", "not read {", root: root)).Status);
            Assert.Equal(200, (await _farm.CallAsync("PUT", $"/manager/{call}", $$"""{"id":"{{await ids()}}","more":1}""", root)).Status);
            Assert.Equal(200, (await _farm.CallAsync("PUT", $"/manager/{call}", $$"""[{"id":"{{await ids()}}"},{"id":"{{await ids()}}"}]""", root)).Status);
            Assert.Equal(200, (await _farm.CallAsync("PUT", $"/manager/{call}", $$"""{"id":["{{await ids()}}","{{await ids()}}"]}""", root)).Status);
            Assert.Equal(200, (await _farm.CallAsync("PUT", $"/manager/{call}", $$"""[{"id":["{{await ids()}}"]},{"id":"{{await ids()}}"}]""", root, "Content-Type: text/plain\r\n")).Status);
        }
    }

    [Theory]
    [InlineData("complete")]
    [InlineData("fail")]
    public async Task The_extensions_accept_the_same_forms_by_PUT_only(string verb)
    {
        var worker = $"w{Guid.NewGuid():N}";
        await _farm.FilledAsync(4, new { batchSize = 1, tags = worker });
        var batches = await _farm.FetchAllAsync(worker, $"&tags={worker}&batches=4");

        Assert.Equal(405, (await _farm.CallAsync("GET", $"/manager/batch/{verb}/{batches[0].Id()}")).Status);
        Assert.Equal(405, (await _farm.CallAsync("GET", $"/manager/batch/{verb}")).Status);
        Assert.Equal(200, (await _farm.CallAsync("PUT", $"/manager/batch/{verb}/{batches[0].Id()}")).Status);
        Assert.Equal(200, (await _farm.CallAsync("PUT", $"/manager/batch/{verb}", $$"""{"id":"{{batches[1].Id()}}","message":"x"}""")).Status);
        Assert.Equal(200, (await _farm.CallAsync("PUT", $"/manager/batch/{verb}", $$"""[{"id":"{{batches[2].Id()}}"}]""")).Status);
        Assert.Equal(200, (await _farm.CallAsync("PUT", $"/manager/batch/{verb}", $$"""{"id":["{{batches[3].Id()}}"]}""")).Status);
    }

    [Theory]
    [InlineData("POST", "/manager/release/worker/x", 405)]
    [InlineData("DELETE", "/manager/release/worker/x", 405)]
    [InlineData("POST", "/manager/release/worker", 405)]
    [InlineData("DELETE", "/manager/release/seed", 405)]
    [InlineData("PATCH", "/manager/batch/ack/x", 405)]
    [InlineData("PUT", "/manager/batch", 405)]
    [InlineData("POST", "/manager/batch", 405)]
    [InlineData("GET", "/seeds", 405)]
    [InlineData("DELETE", "/seeds/x", 405)]
    [InlineData("GET", "/pushUpdates", 405)]
    [InlineData("GET", "/manager/release/worker", 404)]
    [InlineData("GET", "/manager/release/seed", 404)]
    [InlineData("GET", "/manager/batch/ack", 404)]
    [InlineData("GET", "/manager/batch/", 404)]
    [InlineData("GET", "/manager/batches", 404)]
    [InlineData("GET", "/Manager/batch", 404)]
    [InlineData("GET", "/", 404)]
    [InlineData("GET", "", 404)]
    [InlineData("PUT", "/manager/batch/ack/", 400)]
    [InlineData("GET", "/manager/batch/ack/", 400)]
    [InlineData("PUT", "/manager/release/worker/", 400)]
    [InlineData("PUT", "/manager/release/seed/", 400)]
    public async Task An_unknown_path_or_method_is_rejected_in_JSON(string method, string path, int status)
    {
        Assert.Equal(status, (await _farm.CallAsync(method, path)).Status);
        Assert.Equal(status, (await _farm.CallAsync(method, path, root: "/aspire/_api")).Status);
    }

    [Fact]
    public async Task A_405_names_the_allowed_methods()
    {
        var (status, head, _) = await _farm.ExchangeAsync("POST", "/aspire_api/manager/batch/ack", null);

        Assert.Equal(405, status);
        Assert.Contains("Allow: PUT\r\n", head + "\r\n");
    }

    [Theory]
    [InlineData("plain=", "plain=", "plain%3D")]
    [InlineData("a+b", "a+b", "a%2Bb")]
    [InlineData("a/b", "a/b", "a%2Fb")]
    [InlineData("worker_192.168.112.1:41443//AAABghGLnak=", "worker_192.168.112.1:41443//AAABghGLnak=", "worker_192.168.112.1%3A41443%2F%2FAAABghGLnak%3D")]
    [InlineData("/front", "/front", "%2Ffront")]
    [InlineData("back/", "back/", "back%2F")]
    [InlineData("a%2Fc", "a%252Fc", "%61%252Fc")]
    [InlineData("with blank", "with%20blank", "with%20blank")]
    public async Task An_id_in_the_path_is_decoded_exactly_once(string id, string sent, string encoded)
    {
        await _farm.FetchAllAsync(id);
        foreach (var root in (string[])["/aspire_api", "/aspire/_api"])
        {
            Assert.Equal(200, (await _farm.CallAsync("PUT", $"/manager/release/worker/{sent}", root: root)).Status);
            Assert.Equal(200, (await _farm.CallAsync("GET", $"/manager/release/worker/{encoded}", root: root)).Status);
        }

        var twice = id.Replace("%", "%25").Replace("/", "%252F").Replace("+", "%252B");
        if (twice != id) Assert.Equal(404, (await _farm.CallAsync("PUT", $"/manager/release/worker/{twice}x")).Status);
        if (id.Contains('+')) Assert.Equal(404, (await _farm.CallAsync("PUT", $"/manager/release/worker/{id.Replace("+", "%20")}")).Status);
        if (id.Contains("//")) Assert.Equal(404, (await _farm.CallAsync("PUT", $"/manager/release/worker/{id.Replace("//", "/")}")).Status);
        if (id.Contains("%2F")) Assert.Equal(404, (await _farm.CallAsync("PUT", $"/manager/release/worker/{id}")).Status);
    }

    [Fact]
    public async Task A_raw_plus_in_the_query_is_a_space()
    {
        await _farm.CallUncheckedAsync("GET", "/manager/batch?worker=q+1&tags=none");

        Assert.Equal(200, (await _farm.CallAsync("PUT", "/manager/release/worker/q%201")).Status);
        Assert.Equal(404, (await _farm.CallAsync("PUT", "/manager/release/worker/q+1")).Status);
    }

    [Fact]
    public async Task The_contract_can_be_switched_off_and_moved()
    {
        await using (var off = await StartAsync(new(IsEnabled: false)))
            Assert.Equal(404, (await off.ExchangeAsync("GET", "/aspire_api/manager/batch", null)).Status);
        await using var moved = await StartAsync(new(Prefix: "/crawl"));
        Assert.Equal(404, (await moved.ExchangeAsync("GET", "/aspire_api/manager/batch", null)).Status);
        Assert.Equal(200, (await moved.CallAsync("GET", "/manager/batch?worker=a", root: "/crawl/aspire_api")).Status);
        Assert.Equal(200, (await moved.CallAsync("PUT", "/manager/release/worker/a", root: "/crawl/aspire/_api")).Status);

        static Task<TestFarm> StartAsync(ContractSettings settings) =>
            TestFarm.StartAsync(contracts: new Dictionary<string, ContractSettings> { ["aspire"] = settings });
    }
}
