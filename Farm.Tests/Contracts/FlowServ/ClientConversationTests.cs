using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Farm.Server.Worker;
using Farm.Tests.Worker.Support;

namespace Farm.Tests.Contracts.FlowServ;

/// <summary>The requests of flowServ's Python client, one after the other, against a farm with a worker that really runs things.</summary>
public sealed class ClientConversationTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Project = new()
    {
        ["flowserv.yaml"] = "name: Greeter\nspecfile: workflow.yaml\nfiles:\n- source: code",
        ["code/greet.sh"] = "mkdir -p other; echo \"$2 $(cat \"$1\")\" > results/greetings.txt; echo done; [ \"$2\" != Fail ] || { echo wrong >&2; exit 3; }",
        ["workflow.yaml"] = """
            workflow:
              parameters: {inputfile: "$[[names]]", greeting: "$[[greeting]]"}
              steps:
              - name: greet
                files: {outputs: [results/greetings.txt]}
                action: {environment: "debian:12", commands: ['sh code/greet.sh "${inputfile}" "${greeting}"']}
              - name: count
                action: {environment: "debian:12", commands: ['wc -c < results/greetings.txt > count.txt']}
            parameters:
            - {name: names, dtype: file, target: data/names.txt}
            - {name: greeting, dtype: string, defaultValue: Hello}
            outputs:
            - {source: results/greetings.txt, key: greetings}
            - {source: count.txt}
            """,
    };

    private readonly TestDirectory _directory = new();
    private FlowServFarm _farm = null!;
    private string _workflow = "";
    private string? _token;

    public async Task InitializeAsync()
    {
        _farm = await FlowServFarm.StartAsync(openRegistration: true);
        _workflow = await _farm.InstallAsync(Project);
    }

    public async Task DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }

    [NeedsToolFact("sh", "cat", "wc")]
    public async Task The_client_runs_a_workflow_and_deletes_its_group()
    {
        var service = await RequestAsync(200, "GET", "");
        Assert.Equal("0.9.4", (string)service["version"]!);
        await RequestAsync(201, "POST", "users/register", """{"username": "alice", "password": "correct horse", "verify": false}""");
        var login = await RequestAsync(200, "POST", "users/login", """{"username": "alice", "password": "correct horse"}""");
        _token = (string)login["token"]!;
        Assert.Equal("alice", (string)(await RequestAsync(200, "GET", "users/whoami"))["username"]!);
        Assert.Equal(_workflow, (string)(await RequestAsync(200, "GET", "workflows"))["workflows"]!.AsArray().Single()!["id"]!);

        var group = (string)(await RequestAsync(201, "POST", $"workflows/{_workflow}/groups", """{"name": "test"}"""))["id"]!;
        Assert.Equal("renamed", (string)(await RequestAsync(200, "POST", $"groups/{group}", """{"name": "renamed"}"""))["name"]!);
        var upload = await _farm.UploadAsync(group, _token, content: "Alice", part: "files");
        var arguments = Projects.FileArgument("names", upload);
        var good = await StartAsync(group, arguments);
        var bad = await StartAsync(group, $$"""{{arguments}}, {"name": "greeting", "value": "Fail"}""");
        var hostile = await StartAsync(group, $$"""{{arguments}}, {"name": "greeting", "value": "\"; $(exit 5) `exit 6`; exit 7; \""}""");
        var never = await StartAsync(group, arguments);
        await RequestAsync(200, "PUT", $"runs/{never}", """{"reason": "not needed"}""");

        await using (StartWorker())
        {
            var done = await OverAsync(good);
            Assert.Equal("SUCCESS", (string)done["state"]!);
            Assert.Equal(["greetings", "count.txt"], done["files"]!.AsArray().Select(file => (string)file!["name"]!));
            Assert.Equal("Hello Alice\n", Encoding.UTF8.GetString(await _farm.FetchAsync($"runs/{good}/downloads/files/{done["files"]![0]!["id"]}")));
            Assert.Equal([0x1F, 0x8B], (await _farm.FetchAsync($"runs/{good}/downloads/archive"))[..2]);

            var survived = await OverAsync(hostile);
            Assert.Equal("SUCCESS", (string)survived["state"]!);
            Assert.Equal(
                "\"; $(exit 5) `exit 6`; exit 7; \" Alice\n",
                Encoding.UTF8.GetString(await _farm.FetchAsync($"runs/{hostile}/downloads/files/{survived["files"]![0]!["id"]}")));

            var failed = await OverAsync(bad);
            Assert.Equal("ERROR", (string)failed["state"]!);
            Assert.Equal(["done", "wrong"], failed["messages"]!.AsArray().Select(message => ((string)message!).Trim()));
        }

        Assert.Equal("CANCELED", (string)(await RequestAsync(200, "GET", $"runs/{never}"))["state"]!);
        Assert.Equal(4, (await RequestAsync(200, "GET", $"groups/{group}/runs?state=None"))["runs"]!.AsArray().Count);
        Assert.Equal(2, (await RequestAsync(200, "GET", $"groups/{group}/runs?state=SUCCESS"))["runs"]!.AsArray().Count);
        Assert.Equal("Alice", Encoding.UTF8.GetString(await _farm.FetchAsync($"uploads/{group}/files/{upload}")));
        await RemovedAsync($"runs/{good}");
        await RemovedAsync($"uploads/{group}/files/{upload}");
        await RemovedAsync($"groups/{group}");
        Assert.Equal("alice", (string)(await RequestAsync(200, "POST", "users/logout"))["username"]!);
        Assert.Equal((403, "not logged in"), (await _farm.SayAsync("GET", "users/whoami", _token)).Error);
    }

    private WorkerFixture StartWorker() => WorkerFixture.Start(new WorkerOptions
    {
        Manager = _farm.Farm.Client.BaseAddress,
        Name = "node",
        TaskTypes = ["workflow"],
        StateDirectory = _directory.File("node"),
        Intervals = WorkerFixture.Hurried,
        Random = new Random(7),
    });

    private async Task<string> StartAsync(string group, string arguments) =>
        (string)(await RequestAsync(201, "POST", $"groups/{group}/runs", $$"""{"arguments": [{{arguments}}]}"""))["id"]!;

    /// <summary>Asks again and again, as the client does, until the run is over.</summary>
    private async Task<JsonNode> OverAsync(string run)
    {
        for (var asked = 0; asked < 1200; asked++)
        {
            var handle = await RequestAsync(200, "GET", $"runs/{run}");
            if (handle.AsObject().ContainsKey("finishedAt")) return handle;
            await Task.Delay(100);
        }

        throw new TimeoutException($"run {run} is not over after two minutes");
    }

    private async Task<JsonNode> RequestAsync(int status, string method, string path, string? body = null)
    {
        var content = body is null ? null : new StringContent(body, Encoding.UTF8);
        if (content is not null) content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var said = await _farm.SendAsync(method, path.Length == 0 ? FlowServFarm.Base : path, _token, content);
        Assert.True(said.Status == status, $"{said.Status} {said.Text}");
        return said.Json;
    }

    private async Task RemovedAsync(string path)
    {
        var said = await _farm.SayAsync("DELETE", path, _token);
        Assert.Equal((204, ""), (said.Status, said.Text));
    }
}
