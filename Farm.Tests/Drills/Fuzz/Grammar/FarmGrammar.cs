using Farm.Tests.Contracts.FlowServ;
using Farm.Tests.Operations.Images.Inspection;

namespace Farm.Tests.Drills.Fuzz.Grammar;

/// <summary>Valid requests of the farm's own API.</summary>
internal sealed class FarmGrammar : ProtocolGrammar
{
    private const string Base = "/api/farm/v1";
    private const string Worker = Callers.FlamencoWorker;

    public override string Protocol => "farm";

    public override IReadOnlyList<Sample> Samples { get; } =
    [
        Sample.Of("POST", $"{Base}/backup", Callers.Administrator).Costly(),
        Sample.Of("GET", $"{Base}/accounts", Callers.Administrator),
        Sample.Json("POST", $"{Base}/accounts", """{"username":"added","password":"correct horse","role":"artist"}""", Callers.Administrator).Costly(),
        Sample.Of("POST", $"{Base}/accounts/$person$/activate", Callers.Administrator),
        Sample.Json("PUT", $"{Base}/accounts/added/password", """{"password":"correct horse 2"}""", Callers.Administrator).Costly(),
        Sample.Json("PUT", $"{Base}/accounts/added/role", """{"role":"operator"}""", Callers.Administrator),
        Sample.Of("POST", $"{Base}/accounts/added/sign-out", Callers.Administrator),
        Sample.Of("DELETE", $"{Base}/accounts/added", Callers.Administrator),
        Sample.Of("GET", $"{Base}/jobs/$job$/artifacts?limit=10&offset=0"),
        Sample.Of("GET", $"{Base}/jobs/$job$/artifacts.tar.gz"),
        Sample.Of("GET", $"{Base}/tasks/$task$/artifacts"),
        Sample.Of("GET", $"{Base}/tasks/$task$/messages"),
        Sample.Of("GET", $"{Base}/artifacts/1"),
        Sample.Of("HEAD", $"{Base}/artifacts/1"),
        Sample.Of("GET", $"{Base}/tasks/$assigned$/files/0000000000000000000000000000000000000000000000000000000000000000", Worker),
        Sample.Bytes("PUT", $"{Base}/tasks/$assigned$/artifacts/out/frame.png", "application/octet-stream", SampleImages.Png(4, 4), Worker),
        Sample.Json("PUT", $"{Base}/tasks/$assigned$/messages", """{"messages":["it broke","here"]}""", Worker),
        Sample.Of("GET", $"{Base}/identity?worker=$worker$&nonce=00112233445566778899aabbccddeeff"),
        Sample.Of("GET", $"{Base}/workflows", Callers.Administrator),
        Sample.Bytes("POST", $"{Base}/workflows?id=fuzzed", "application/gzip", Projects.Packed(Projects.HelloWorld), Callers.Administrator),
        Sample.Bytes("POST", $"{Base}/workflows", "application/zip", Projects.Zipped(Projects.HelloWorld), Callers.Administrator),
        Sample.Of("DELETE", $"{Base}/workflows/fuzzed?groups=true", Callers.Administrator),
    ];
}
