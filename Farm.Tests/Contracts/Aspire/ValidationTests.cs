using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Aspire;

/// <summary>Contracts/Aspire/Contract.md section 3.1, and what section 6 says of bad input.</summary>
public sealed class ValidationTests(SharedFarm shared) : IClassFixture<SharedFarm>
{
    private readonly TestFarm _farm = shared.Farm;

    [Theory]
    [InlineData(null, 400)]
    [InlineData("", 400)]
    [InlineData("  ", 400)]
    [InlineData("id", 400)]
    [InlineData("{\"id\":", 400)]
    [InlineData("\"AAABcID5GBc=\"", 400)]
    [InlineData("1", 400)]
    [InlineData("null", 400)]
    [InlineData("{}", 406)]
    [InlineData("[]", 406)]
    [InlineData("[{}]", 406)]
    [InlineData("[1]", 406)]
    [InlineData("[\"AAABcID5GBc=\"]", 406)]
    [InlineData("{\"id\":[]}", 406)]
    [InlineData("{\"id\":1}", 406)]
    [InlineData("{\"id\":null}", 406)]
    [InlineData("{\"id\":\"\"}", 406)]
    [InlineData("{\"id\":[\"a\",2]}", 406)]
    [InlineData("{\"id\":{\"id\":\"a\"}}", 406)]
    [InlineData("{\"id\":\"\\ud800\"}", 406)]
    public async Task A_body_without_ids_is_rejected(string? body, int status)
    {
        foreach (var call in (string[])["release/worker", "release/seed", "batch/ack", "batch/complete", "batch/fail"])
            Assert.Equal((call, status), (call, (await _farm.CallAsync("PUT", $"/manager/{call}", body)).Status));
    }

    [Theory]
    [InlineData("batches=abc")]
    [InlineData("batches=0")]
    [InlineData("batches=-1")]
    [InlineData("batches=1.5")]
    [InlineData("batches=")]
    [InlineData("batches=+1")]
    [InlineData("batches=1&batches=2")]
    [InlineData("type=x")]
    [InlineData("type=")]
    [InlineData("type=Scan")]
    [InlineData("items=0")]
    [InlineData("items=x")]
    [InlineData("worker=")]
    [InlineData("connector=")]
    public async Task An_invalid_fetch_parameter_is_not_acceptable(string query) =>
        Assert.Equal(406, (await _farm.CallAsync("GET", $"/manager/batch?worker=v&tags=v&{query}")).Status);

    [Theory]
    [InlineData("[1]", 406)]
    [InlineData("{\"batches\":0}", 406)]
    [InlineData("{\"batches\":1.5}", 406)]
    [InlineData("{\"batches\":true}", 406)]
    [InlineData("{\"tags\":[1]}", 406)]
    [InlineData("{\"type\":\"x\"}", 406)]
    [InlineData("{", 400)]
    [InlineData("7", 400)]
    public async Task An_invalid_fetch_body_is_rejected(string body, int status) =>
        Assert.Equal(status, (await _farm.CallAsync("GET", "/manager/batch?worker=v", body)).Status);

    [Theory]
    [InlineData("release/worker")]
    [InlineData("release/seed")]
    [InlineData("batch/ack")]
    [InlineData("batch/complete")]
    [InlineData("batch/fail")]
    public async Task If_all_ids_are_unknown_the_response_is_404_and_names_them(string call)
    {
        Assert.Equal(404, (await _farm.CallAsync("PUT", $"/manager/{call}/AAABcID5GBc=")).Status);
        Assert.Equal(404, (await _farm.CallAsync("PUT", $"/manager/{call}", """{"id":["AAABcID5GBc=","AAABcID5GBc="]}""")).Status);
        var (status, body) = await _farm.CallAsync("PUT", $"/manager/{call}", """{"id":["AAABcID5GBc=","nope"]}""");

        Assert.Equal(404, status);
        Assert.Contains("AAABcID5GBc=, nope", (string)body["message"]!);
        Assert.Null(body["error"]);
    }

    [Theory]
    [InlineData(null, 400)]
    [InlineData("x", 400)]
    [InlineData("[]", 406)]
    [InlineData("{\"type\":\"x\"}", 406)]
    [InlineData("{\"batchSize\":0}", 406)]
    [InlineData("{\"batchSize\":1001}", 406)]
    [InlineData("{\"batchSize\":\"10\"}", 406)]
    [InlineData("{\"priority\":101}", 406)]
    [InlineData("{\"description\":1}", 406)]
    [InlineData("{\"connector\":[]}", 406)]
    [InlineData("{\"tags\":{}}", 406)]
    public async Task An_invalid_seed_is_not_created(string? body, int status) =>
        Assert.Equal(status, (await _farm.CallAsync("POST", "/seeds", body)).Status);

    [Theory]
    [InlineData("{\"documents\":[{\"url\":\"a\"}]}")]
    [InlineData("{\"seedId\":7,\"documents\":[{\"url\":\"a\"}]}")]
    [InlineData("{\"seedId\":\"SEED\"}")]
    [InlineData("{\"seedId\":\"SEED\",\"documents\":[]}")]
    [InlineData("{\"seedId\":\"SEED\",\"documents\":\"a\"}")]
    [InlineData("{\"seedId\":\"SEED\",\"documents\":[{\"url\":\"a\"},{}]}")]
    [InlineData("{\"seedId\":\"SEED\",\"documents\":[{\"url\":\"\"}]}")]
    [InlineData("{\"seedId\":\"SEED\",\"documents\":[{\"url\":\"a\",\"action\":1}]}")]
    [InlineData("{\"seedId\":\"SEED\",\"documents\":[{\"url\":\"a\",\"metadata\":[]}]}")]
    [InlineData("{\"seedId\":\"SEED\",\"documents\":[{\"url\":\"a\",\"metadata\":{\"x\":\"\\ud800\"}}]}")]
    public async Task A_push_with_one_invalid_document_adds_none(string body)
    {
        var seed = await _farm.SeedAsync(new { tags = "bad" });

        Assert.Equal(406, (await _farm.CallAsync("POST", "/pushUpdates", body.Replace("SEED", seed))).Status);
        Assert.Equal((0, 0, 0, 0), await _farm.ItemsAsync(seed));
    }

    [Theory]
    [InlineData("AAABcID5GBc=")]
    [InlineData("not an id")]
    public async Task An_unknown_seed_is_404(string seed)
    {
        Assert.Equal(404, (await _farm.CallAsync("POST", "/pushUpdates", $$"""{"seedId":"{{seed}}","documents":[{"url":"a"}]}""")).Status);
        foreach (var (method, path) in new[] { ("GET", ""), ("PUT", "/pause"), ("PUT", "/resume"), ("PUT", "/stop") })
            Assert.Equal(404, (await _farm.CallAsync(method, $"/seeds/{Uri.EscapeDataString(seed)}{path}")).Status);
    }

    [Fact]
    public async Task JSON_at_the_maximum_depth_can_be_handed_out_and_deeper_JSON_is_rejected()
    {
        var seed = await _farm.SeedAsync(new { tags = "deep" });
        string Push(int depth) =>
            $"{{\"seedId\":\"{seed}\",\"documents\":{{\"url\":\"a\",\"metadata\":{{\"x\":{new string('[', depth)}{new string(']', depth)}}}}}}}";

        Assert.Equal(200, (await _farm.CallAsync("POST", "/pushUpdates", Push(53))).Status);
        Assert.Equal(400, (await _farm.CallAsync("POST", "/pushUpdates", Push(54))).Status);
        Assert.Equal(["a"], (await _farm.FetchAsync("deep", "&tags=deep")).Urls());
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused_in_JSON()
    {
        var (status, _, body) = await _farm.ExchangeAsync("PUT", "/aspire_api/manager/batch/ack", null, "Content-Length: 99999999999\r\n");

        Assert.Equal(413, status);
        Assert.StartsWith("{\"message\":", body);
    }

    [Theory]
    [InlineData("PUT", "/manager/batch/ack", "Origin: http://elsewhere.example")]
    [InlineData("GET", "/manager/batch/ack/x", "Sec-Fetch-Site: cross-site")]
    [InlineData("GET", "/manager/batch?worker=w", "Sec-Fetch-Site: cross-site")]
    [InlineData("GET", "/manager/batch?worker=w", "Sec-Fetch-Site: none")]
    [InlineData("GET", "/manager/batch?worker=w", "Referer: http://elsewhere.example/")]
    [InlineData("GET", "/manager/batch?worker=w", "Accept: image/avif,image/webp,image/*,*/*;q=0.8")]
    [InlineData("GET", "/manager/batch?worker=w", "Accept: text/html,application/xhtml+xml")]
    [InlineData("GET", "/manager/batch?worker=w", "Cookie: tt=0")]
    [InlineData("GET", "/manager/release/seed/x", "User-Agent: Mozilla/5.0 (X11; Linux x86_64)")]
    public async Task A_cross_site_request_is_rejected_in_JSON_even_for_GET(string method, string path, string header) =>
        Assert.Equal(403, (await _farm.CallAsync(method, path, headers: header + "\r\n")).Status);

    [Theory]
    [InlineData("User-Agent: Java/17.0.2\r\nAccept: text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2")]
    [InlineData("User-Agent: Apache-HttpClient/4.5.14 (Java/17)")]
    [InlineData("User-Agent: curl/8.5.0\r\nAccept: */*")]
    [InlineData("User-Agent: python-requests/2.32.3\r\nAccept-Encoding: gzip, deflate\r\nAccept: */*")]
    [InlineData("User-Agent: Mozilla/5.0 (Windows NT 10.0; Microsoft Windows 10.0.19045; en-US) PowerShell/7.4.0")]
    [InlineData("User-Agent: node\r\nAccept: */*\r\nAccept-Language: *\r\nSec-Fetch-Mode: cors")]
    public async Task A_program_fetches_and_acknowledges_by_GET(string headers)
    {
        var seed = await _farm.FilledAsync(1, new { tags = "program" });
        var (status, body) = await _farm.CallAsync("GET", "/manager/batch?worker=w&tags=program", headers: headers + "\r\n");
        Assert.True(status == 200, body.ToJsonString());
        var id = Uri.EscapeDataString((string)body["batch"]!["id"]!);
        Assert.Equal(200, (await _farm.CallAsync("GET", $"/manager/batch/ack/{id}", headers: headers + "\r\n")).Status);
        Assert.Equal(200, (await _farm.CallAsync("GET", $"/seeds/{seed}", headers: "User-Agent: Mozilla/5.0\r\nAccept: text/html\r\n")).Status);
    }
}
