using Farm.Tests.Contracts.FlowServ;

namespace Farm.Tests.Drills.Fuzz.Grammar;

/// <summary>Valid requests of the flowServ protocol.</summary>
internal sealed class FlowServGrammar : ProtocolGrammar
{
    private const string Base = "/flowserv/api/v1";
    private const string Run = """{"arguments":[{"name":"greeting","value":"Hey"},{"name":"pause","value":1.5},{"name":"names","value":{"type":"$file","value":{"fileId":"$upload$","targetPath":"data/names.txt"}}}]}""";
    private const string Caller = Callers.FlowServ;

    private static readonly byte[] Upload = "--b0undary\r\nContent-Disposition: form-data; name=\"files\"; filename=\"names.txt\"\r\nContent-Type: text/plain\r\n\r\nAlice\nBob\n\r\n--b0undary--\r\n"u8.ToArray();

    private static readonly string[] Reads =
    [
        "", "/groups/$group$/runs?state=PENDING", "/runs/$run$", "/runs/$run$/downloads/archive", "/runs/$run$/downloads/files/$upload$", "/users/whoami", "/users?query=p", "/workflows", "/workflows/$workflow$",
        "/workflows/$workflow$/leaderboard?includeAll=true&orderBy=score:desc", "/workflows/$workflow$/downloads/archive", "/workflows/$workflow$/groups", "/groups", "/groups/$group$", "/uploads/$group$/files",
        "/uploads/$group$/files/$upload$",
    ];

    public override string Protocol => "flowserv";

    public override IReadOnlyList<Sample> Samples { get; } =
    [
        .. Reads.Select(path => Sample.Of("GET", Base + path, Caller)),
        Sample.Json("POST", $"{Base}/groups/$group$/runs", Run, Caller),
        Sample.Json("PUT", $"{Base}/runs/$run$", """{"reason":"enough"}""", Caller),
        Sample.Of("DELETE", $"{Base}/runs/$run$", Caller),
        Sample.Json("POST", $"{Base}/users/register", """{"username":"somebody else","password":"correct horse","verify":false}""").Costly(),
        Sample.Json("POST", $"{Base}/users/activate", """{"id":"$personUuid$"}""", Caller),
        Sample.Json("POST", $"{Base}/users/login", """{"username":"$person$","password":"$password$"}""").Costly(),
        Sample.Of("POST", $"{Base}/users/logout"),
        Sample.Json("POST", $"{Base}/users/password/request", """{"username":"$person$"}"""),
        Sample.Json("POST", $"{Base}/users/password/reset", """{"requestId":"0123456789abcdef0123456789abcdef","password":"correct horse"}"""),
        Sample.Json("POST", $"{Base}/workflows/$workflow$/groups", """{"name":"fuzzed","members":["$personUuid$"],"config":{"a":1},"parameters":[{"name":"x","dtype":"string","label":"X"}]}""", Caller),
        Sample.Json("PUT", $"{Base}/groups/$group$", """{"name":"renamed","members":["$personUuid$"]}""", Caller),
        Sample.Json("POST", $"{Base}/groups/$group$", """{"name":"renamed again"}""", Caller),
        Sample.Of("DELETE", $"{Base}/groups/$oldGroup$", Caller),
        Sample.Bytes("POST", $"{Base}/uploads/$group$/files", "multipart/form-data; boundary=b0undary", Upload, Caller),
        Sample.Of("DELETE", $"{Base}/uploads/$oldGroup$/files/$upload$", Caller),
    ];

    public override async Task PrepareAsync(FuzzTarget farm, Things things, int round)
    {
        var caller = things.Credentials[Caller];
        if (!things.Has("workflow") || await farm.StatusAsync("GET", $"{Base}/workflows/{things["workflow"]}", caller) != 200)
        {
            var installed = await farm.SendAsync("POST", "/api/farm/v1/workflows", "application/gzip", Projects.Packed(Projects.HelloWorld), things.Credentials[Callers.Administrator], 201);
            things["workflow"] = (string)installed!["id"]!;
        }

        foreach (var name in (string[])["group", "oldGroup"])
            things[name] = (string)(await farm.CallAsync("POST", $"{Base}/workflows/{things["workflow"]}/groups", $$"""{"name":"{{name}} {{round}}"}""", caller, 201))!["id"]!;
        things["upload"] = (string)(await farm.SendAsync("POST", $"{Base}/uploads/{things["group"]}/files", "multipart/form-data; boundary=b0undary", Upload, caller, 201))!["id"]!;
        things["run"] = (string)(await farm.CallAsync("POST", $"{Base}/groups/{things["group"]}/runs", """{"arguments":[{"name":"greeting","value":"Hey"}]}""", caller, 201))!["id"]!;
    }
}
