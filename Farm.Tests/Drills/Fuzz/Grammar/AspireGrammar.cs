namespace Farm.Tests.Drills.Fuzz.Grammar;

/// <summary>Valid requests of the Aspire protocol.</summary>
internal sealed class AspireGrammar : ProtocolGrammar
{
    private const string Documents = """{"seedId":"$seed$","documents":[{"url":"file:///a b","action":"add","metadata":{"a":1}},{"url":"file:///c","action":"update"}]}""";

    private static readonly string[] Roots = ["/aspire_api", "/aspire/_api"];

    public override string Protocol => "aspire";

    public override IReadOnlyList<Sample> Samples { get; } = [.. Roots.SelectMany(root => (Sample[])
    [
        .. ((string[])["worker/node-1", "seed/$seed$"]).SelectMany(path => (Sample[])[Sample.Of("GET", $"{root}/manager/release/{path}"), Sample.Of("PUT", $"{root}/manager/release/{path}")]),
        Sample.Json("PUT", $"{root}/manager/release/worker", """{"worker":["node-1","http%3A%2F%2Fnode-2"]}"""),
        Sample.Json("PUT", $"{root}/manager/release/seed", """{"seed":["$seed$"]}"""),
        Sample.Of("GET", $"{root}/manager/batch?worker=node-1&batches=3&connector=x"),
        Sample.Of("GET", $"{root}/manager/batch/ack/$batch$"),
        .. ((string[])["ack", "complete", "fail"]).SelectMany(verb => (Sample[])
        [
            Sample.Of("PUT", $"{root}/manager/batch/{verb}/$batch$"),
            Sample.Json("PUT", $"{root}/manager/batch/{verb}", """{"batch":["$batch$","1700000000000"]}"""),
        ]),
        Sample.Json("POST", $"{root}/seeds", """{"description":"fuzzed","batchSize":5,"connector":"x","priority":3,"properties":{"a":"b"}}"""),
        Sample.Json("POST", $"{root}/pushUpdates", Documents),
        .. ((string[])["pause", "resume", "stop"]).Select(verb => Sample.Of("PUT", $"{root}/seeds/$seed$/{verb}")),
        Sample.Of("GET", $"{root}/seeds/$seed$"),
        Sample.Json("POST", $"{root}/manager/worker", """{"url":"http://127.0.0.1:1/node","worker":"node-1"}"""),
    ])];

    public override async Task PrepareAsync(FuzzTarget farm, Things things, int round)
    {
        things["seed"] = (string)(await farm.CallAsync("POST", "/aspire_api/seeds", """{"description":"fuzzed","batchSize":2}""", [], 201))!["seed"]!["id"]!;
        await farm.CallAsync("POST", "/aspire_api/pushUpdates", things.Fill("""{"seedId":"$seed$","documents":[{"url":"file:///1"},{"url":"file:///2"},{"url":"file:///3"}]}"""), [], 200);
        if ((await farm.CallAsync("GET", "/aspire_api/manager/batch?worker=node-1", null, [], 200))?["batch"] is { } batch) things["batch"] = (string)batch["id"]!;
    }
}
