using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Farm.Server.Hosting.Requests;
using Farm.Server.Operations.Requests;
using Farm.Server.Store.Engine;
using Farm.Tests.Contracts.Aspire;
using Farm.Tests.Contracts.FlowServ;
using Farm.Tests.Contracts.TaskTracker;
using Farm.Tests.Support;

namespace Farm.Tests.Hosting.Requests;

/// <summary>An answer was lost, the client sent its request again, and there were two jobs.</summary>
public sealed class RepeatedRequestTests : FlowServTest
{
    private const string Job =
        """{"name":"shot","type":"echo-sleep-test","priority":50,"submitter_platform":"linux","settings":{"message":"hi","sleep_duration_seconds":1,"sleep_repeats":1}}""";

    private static readonly string[] Tables =
    [
        "accounts", "artifacts", "attempts", "audit", "batches", "group_members", "group_uploads", "jobs", "password_requests", "project_accesses", "project_log", "projects", "recipes", "runs",
        "seeds", "sessions", "tags", "task_logs", "tasks", "tokens", "workers", "workflow_groups", "workflows",
    ];

    private TestFarm Server => Farm.Farm;

    public static TheoryData<string> Things =>
    [
        "flamenco job", "flamenco worker", "flamenco tag", "flamenco checkout", "flamenco update", "deadline job", "tracker worker", "tracker account", "tracker project", "tracker task",
        "tracker tasks", "tracker hand-out", "tracker release", "tracker log", "flowserv run", "flowserv group", "flowserv upload", "aspire seed", "aspire entries", "aspire batches",
        "farm account", "farm token", "farm workflow",
    ];

    [Theory]
    [MemberData(nameof(Things))]
    public async Task What_is_asked_for_twice_with_a_key_is_done_once(string thing)
    {
        var request = await RequestAsync(thing);
        using var first = await SendAsync(request);
        var answer = await first.Content.ReadAsStringAsync();
        Assert.True(first.IsSuccessStatusCode, $"{(int)first.StatusCode} {answer}");
        Assert.False(first.Headers.Contains(RepeatedRequestMiddleware.ReplayedHeader));
        var done = Everything();

        using var second = await SendAsync(request);
        Assert.Equal((first.StatusCode, answer), (second.StatusCode, await second.Content.ReadAsStringAsync()));
        Assert.Equal("true", second.Headers.GetValues(RepeatedRequestMiddleware.ReplayedHeader).Single());
        Assert.Equal(first.Content.Headers.ContentType, second.Content.Headers.ContentType);
        Assert.Equal(done, Everything());
    }

    [Theory]
    [InlineData("/api/v3/jobs", Job, """{"code":422,"message":""")]
    [InlineData("/project/create", """{"name":"shot","clone_url":"https://git.example/shot"}""", """{"ok":false,"message":""")]
    [InlineData("/flowserv/api/v1/users/register", """{"username":"eve","password":"correct horse"}""", """{"message":""")]
    [InlineData("/api/jobs", """{"JobInfo":{"Plugin":"CommandLine","Name":"shot"},"PluginInfo":{},"AuxFiles":[]}""", "Error: ")]
    [InlineData("/aspire_api/seeds", """{"description":"shot"}""", """{"message":""")]
    public async Task A_key_that_was_used_for_another_request_is_refused_in_the_form_of_the_protocol(string path, string body, string form)
    {
        using var first = await SendAsync(new Request("POST", "/api/v3/worker-mgt/tags", """{"name":"gpu"}"""));
        Assert.True(first.IsSuccessStatusCode);
        var before = Everything();
        using var other = await SendAsync(new Request("POST", path, body));
        var text = await other.Content.ReadAsStringAsync();
        Assert.True(other.StatusCode == HttpStatusCode.UnprocessableEntity, $"{(int)other.StatusCode} {text}");
        Assert.StartsWith(form, text);
        Assert.Contains("was sent with another request (tag.add", text);
        Assert.Equal(before, Everything());
    }

    [Fact]
    public async Task Eight_requests_at_the_same_time_make_one_job_and_get_the_same_answer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var answer = await SendAsync(new Request("POST", "/api/v3/jobs", Job));
            return await answer.Content.ReadAsStringAsync();
        }));
        Assert.Equal("shot", (string)JsonNode.Parse(Assert.Single(answers.Distinct()))!["name"]!);
        Assert.Equal(1, Count("jobs"));
    }

    [Fact]
    public async Task A_client_that_left_before_the_answer_gets_it_when_it_asks_again()
    {
        using (var client = new TcpClient())
        {
            await client.ConnectAsync("127.0.0.1", Server.Client.BaseAddress!.Port);
            client.LingerState = new LingerOption(true, 0);
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(
                $"POST /api/v3/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nIdempotency-Key: {Request.DefaultKey}\r\nContent-Length: {Job.Length}\r\n\r\n{Job}"));
            for (var tries = 0; Count("jobs") == 0; tries++)
            {
                Assert.True(tries < 3000, "the job was never made");
                await Task.Delay(10);
            }
        }

        using var again = await SendAsync(new Request("POST", "/api/v3/jobs", Job));
        Assert.Equal("shot", (string)JsonNode.Parse(await again.Content.ReadAsStringAsync())!["name"]!);
        Assert.Equal(1, Count("jobs"));
    }

    [Fact]
    public async Task A_request_that_was_cut_off_by_a_crash_is_not_repeated_and_says_what_it_did()
    {
        using var first = await SendAsync(new Request("POST", "/api/v3/jobs", Job));
        Assert.True(first.IsSuccessStatusCode);
        await Server.Service<FarmStore>().WriteAsync(tx => tx.Db.Execute("UPDATE request_keys SET answer = NULL, fingerprint = NULL"));
        using var again = await SendAsync(new Request("POST", "/api/v3/jobs", Job));
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(
            "this request was carried out before (job.submit \"shot\") and is not repeated; its answer was not kept",
            (string)JsonNode.Parse(await again.Content.ReadAsStringAsync())!["message"]!);
        Assert.Equal(1, Count("jobs"));
    }

    [Fact]
    public async Task An_answer_of_more_than_a_megabyte_is_sent_whole_and_not_kept()
    {
        var long1 = Job.Replace("hi", new string('x', 2 * HeldAnswer.Limit), StringComparison.Ordinal);
        using var first = await SendAsync(new Request("POST", "/api/v3/jobs", long1));
        Assert.Equal(2 * HeldAnswer.Limit, ((string)JsonNode.Parse(await first.Content.ReadAsStringAsync())!["settings"]!["message"]!).Length);
        using var again = await SendAsync(new Request("POST", "/api/v3/jobs", long1));
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("its answer was not kept", await again.Content.ReadAsStringAsync());
        Assert.Equal(1, Count("jobs"));
    }

    [Fact]
    public async Task A_refused_request_can_be_tried_again_with_its_key()
    {
        using var refused = await SendAsync(new Request("POST", "/api/v3/jobs", Job.Replace("echo-sleep-test", "nothing", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var accepted = await SendAsync(new Request("POST", "/api/v3/jobs", Job));
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.Equal(1, Count("jobs"));
    }

    [Fact]
    public async Task The_same_key_of_somebody_else_is_another_key()
    {
        var group = new Request("POST", $"{FlowServFarm.Base}/workflows/{Workflow}/groups", """{"name":"mine"}""");
        foreach (var (token, name) in ((string, string)[])[(Alice, "mine"), (Bob, "ours")])
        {
            using var answer = await SendAsync(group with { Body = Encoding.UTF8.GetBytes($$"""{"name":"{{name}}"}"""), Headers = [("api_key", token)] });
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            Assert.False(answer.Headers.Contains(RepeatedRequestMiddleware.ReplayedHeader));
        }
    }

    [Fact]
    public async Task A_key_is_forgotten_after_a_day()
    {
        var store = Server.Service<FarmStore>();
        var retention = new RequestKeyRetention(store, Server.Time);
        using (await SendAsync(new Request("POST", "/api/v3/jobs", Job)))
        {
            Server.Time.Advance(RepeatedRequests.Memory - TimeSpan.FromMinutes(1));
            await retention.RunAsync();
            using var known = await SendAsync(new Request("POST", "/api/v3/jobs", Job));
            Assert.Equal(1, Count("jobs"));
        }

        Server.Time.Advance(TimeSpan.FromMinutes(2));
        await retention.RunAsync();
        using var forgotten = await SendAsync(new Request("POST", "/api/v3/jobs", Job));
        Assert.Equal(2, Count("jobs"));
    }

    [Fact]
    public async Task Secrets_of_kept_answers_are_not_in_the_database()
    {
        using var made = await SendAsync(await RequestAsync("farm token"));
        var secret = (string)JsonNode.Parse(await made.Content.ReadAsStringAsync())!["secret"]!;
        var kept = Server.Service<FarmStore>().Read(db => db.All("SELECT answer FROM request_keys", static row => row.GetBytes(0))).Single();
        Assert.DoesNotContain(secret, Encoding.Latin1.GetString(kept), StringComparison.Ordinal);
        // It is compressed as well, so that it could not be seen by looking for the text.
        Assert.ThrowsAny<Exception>(() => KeptAnswer.Read(kept));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a,\u0001")]
    [InlineData("long")]
    public async Task What_is_no_key_is_refused_and_nothing_is_done(string key)
    {
        using var answer = await SendAsync(new Request("POST", "/api/v3/jobs", Job) { Key = key == "long" ? new string('k', 256) : key });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, Count("jobs"));
    }

    [Fact]
    public async Task Reading_with_a_key_is_reading()
    {
        using var none = await SendAsync(new Request("GET", "/api/v3/jobs", null));
        await Server.SubmitEchoAsync();
        using var one = await SendAsync(new Request("GET", "/api/v3/jobs", null));
        Assert.NotEqual(await none.Content.ReadAsStringAsync(), await one.Content.ReadAsStringAsync());
    }

    [Fact]
    public void An_answer_is_read_as_it_was_written()
    {
        var answer = new KeptAnswer(201, [KeyValuePair.Create("Location", (string?[])["/jobs/1"]), KeyValuePair.Create("Set-Cookie", (string?[])["a=1", "b=2"])], [1, 2, 3]);
        var read = KeptAnswer.Read(answer.Write());
        Assert.Equal((201, "Location: /jobs/1; Set-Cookie: a=1, b=2"), (read.Status, string.Join("; ", read.Headers.Select(header => $"{header.Key}: {string.Join(", ", header.Value)}"))));
        Assert.Equal(answer.Body, read.Body);
    }

    private async Task<Request> RequestAsync(string thing)
    {
        var administrator = ("Authorization", $"Bearer {(await File.ReadAllTextAsync(Path.Combine(Server.Data, "farm", "administrator.token"))).Trim()}");
        switch (thing)
        {
            case "flamenco job": return new("POST", "/api/v3/jobs", Job);
            case "flamenco worker":
                return new("POST", "/api/v3/worker/register-worker", """{"name":"node","secret":"0123456789abcdef","platform":"linux","supported_task_types":["misc"]}""");
            case "flamenco tag": return new("POST", "/api/v3/worker-mgt/tags", """{"name":"gpu"}""");
            case "flamenco checkout": return new("POST", "/api/v3/shaman/checkout/create", """{"files":[],"checkoutPath":"shot"}""");
            case "flamenco update":
                await Server.SubmitEchoAsync();
                var node = await Server.AwakeAsync();
                var task = await node.TakeAsync();
                return new("POST", $"/api/v3/worker/task/{task["uuid"]}", """{"log":"once\n"}""")
                {
                    Headers = [("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{node.Id}:0123456789abcdef"))}")],
                };
            case "deadline job":
                return new("POST", "/api/jobs", """{"JobInfo":{"Plugin":"CommandLine","Name":"shot","Frames":"1-3"},"PluginInfo":{"Executable":"/bin/echo","Arguments":"hi"},"AuxFiles":[]}""");
            case "tracker worker": return new("POST", "/worker/create", """{"alias":"node"}""");
            case "tracker account": return new("POST", "/register", """{"username":"eve","password":"correct horse"}""");
            case "tracker project":
                return new("POST", "/project/create", """{"name":"shot"}""") { Headers = [("Cookie", $"tt={(await Server.PersonAsync("lead")).Session}")] };
            case "flowserv run": return new("POST", $"{FlowServFarm.Base}/groups/{GroupId}/runs", $$"""{"arguments":{{Greeting}}}""") { Headers = [("api_key", Alice)] };
            case "flowserv group": return new("POST", $"{FlowServFarm.Base}/workflows/{Workflow}/groups", """{"name":"more"}""") { Headers = [("api_key", Alice)] };
            case "flowserv upload":
                return new("POST", $"{FlowServFarm.Base}/uploads/{GroupId}/files", "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"names.txt\"\r\n\r\nAlice\r\n--b--\r\n")
                {
                    Type = "multipart/form-data; boundary=b",
                    Headers = [("api_key", Alice)],
                };
            case "aspire seed": return new("POST", "/aspire_api/seeds", """{"description":"shot"}""");
            case "aspire entries":
                return new("POST", "/aspire_api/pushUpdates", $$"""{"seedId":"{{await Server.SeedAsync()}}","documents":[{"url":"file:///1"},{"url":"file:///2"}]}""");
            case "aspire batches":
                await Server.FilledAsync(30);
                return new("GET", "/aspire_api/manager/batch?worker=render", null);
            case "farm account": return new("POST", "/api/farm/v1/accounts", """{"username":"eve","password":"correct horse"}""") { Headers = [administrator] };
            case "farm token": return new("POST", "/api/farm/v1/tokens", """{"name":"deploy","role":"worker"}""") { Headers = [administrator] };
            case "farm workflow":
                return new("POST", "/api/farm/v1/workflows", null) { Body = Projects.Packed(Projects.HelloWorld), Type = "application/octet-stream", Headers = [administrator] };
            default: return await TrackerRequestAsync(thing);
        }
    }

    private async Task<Request> TrackerRequestAsync(string thing)
    {
        var lead = await Server.PersonAsync("lead");
        var node = await Server.TrackerWorkerAsync("tracker");
        var project = await Server.ProjectAsync(lead, "shot");
        await Server.GrantAsync(lead, project, node, "\"assign\":true,\"submit\":true");
        for (var i = 0; i < 3; i++) (await Server.CallAsync("POST", "/task/submit", $$"""{"project":{{project}},"recipe":"{{i}}"}""", node)).Good();
        var (id, secret) = node.Worker!.Value;
        return (thing switch
        {
            "tracker task" => new Request("POST", "/task/submit", $$"""{"project":{{project}},"recipe":"r","max_retries":1}"""),
            "tracker tasks" => new Request("POST", "/task/bulk_submit", $$"""{"requests":[{"project":{{project}},"recipe":"r"},{"project":{{project}},"recipe":"s"}]}"""),
            "tracker hand-out" => new Request("GET", $"/task/get/{project}", null),
            "tracker release" => new Request("POST", "/task/release", $$"""{"task_id":{{await TakenAsync()}},"result":1}"""),
            "tracker log" => new Request("POST", "/log/error", """{"scope":"test","message":"once","timestamp":1700000000}"""),
            _ => throw new ArgumentOutOfRangeException(nameof(thing), thing, null),
        }) with
        {
            Headers = [("X-Worker-ID", $"{id}"), ("X-Secret", secret)],
        };

        async Task<long> TakenAsync() => (long)(await Server.CallAsync("GET", $"/task/get/{project}", by: node)).Good().Content["task"]!["id"]!;
    }

    private Task<HttpResponseMessage> SendAsync(Request request)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Path);
        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.Type);
        }

        message.Headers.TryAddWithoutValidation("Idempotency-Key", request.Key);
        foreach (var (name, value) in request.Headers) message.Headers.TryAddWithoutValidation(name, value);
        return Server.Client.SendAsync(message);
    }

    /// <summary>How many rows there are, in words that show what differs.</summary>
    private string Everything() => string.Join("\n", Tables.Select(table => $"{table} {Count(table)}"));

    private long Count(string table) => Server.Service<FarmStore>().Read(db => db.Number($"SELECT count(*) FROM {table}"));

    private sealed record Request(string Method, string Path, string? Text)
    {
        public const string DefaultKey = "1c4b7a52-8f0f-4a4c-9d53-0d9b0f0a1b2c";

        public byte[]? Body { get; init; } = Text is null ? null : Encoding.UTF8.GetBytes(Text);

        public string Key { get; init; } = DefaultKey;

        public string Type { get; init; } = "application/json";

        public (string Name, string Value)[] Headers { get; init; } = [];
    }
}
