using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Farm.Server.Contracts.Deadline;
using Farm.Server.Contracts.Farm;
using Farm.Server.Contracts.Farm.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Audit;
using Farm.Server.Operations.Accounts;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Views.Audit;
using Farm.Tests.Contracts.Access;
using Farm.Tests.Contracts.TaskTracker;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Audit;

/// <summary>The audit over HTTP: who may read it, as what, and what people and programs leave in it.</summary>
public sealed class AuditApiTests
{
    private const string Path = "/api/farm/v1/audit";

    [Fact]
    public async Task The_audit_as_programs_see_it()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitEchoAsync();
        (await farm.Client.DeleteAsync($"/api/v3/jobs/{job["id"]}")).Dispose();
        Snapshot.Verify((await farm.GetAsync($"{Path}?verb=job")).ToJsonString());
    }

    [Fact]
    public async Task Only_operators_and_administrators_read_it()
    {
        await using var farm = await LanClient.StartFarmAsync();
        var artist = await LanClient.SignedInAsync(farm, "192.168.1.7", "ada", Role.Artist);
        var wrangler = await LanClient.SignedInAsync(farm, "192.168.1.8", "eve", Role.Operator);

        var (status, text) = await artist.SendAsync("GET", Path);
        Assert.Equal(403, status);
        Assert.Contains("this needs the role operator; \\u0022ada\\u0022 is artist", text);
        Assert.Equal(403, (await new LanClient(farm, "192.168.1.9").SendAsync("GET", $"{Path}?format=csv")).Status);
        var refusals = Entries(await wrangler.SendAsync("GET", $"{Path}?verb=farm.request&result=refused"));
        Assert.Equal([("", "192.168.1.9", "farm"), ("ada", "192.168.1.7", "farm")], refusals.Select(entry => ((string)entry["who"]!, (string)entry["address"]!, (string)entry["via"]!)));
        using var byToken = await farm.AsAdministratorAsync(HttpMethod.Get, Path);
        Assert.Equal(200, (int)byToken.StatusCode);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repeat()
    {
        await using var farm = await TestFarm.StartAsync();
        for (var i = 0; i < 7; i++) await farm.SubmitEchoAsync(name: $"job {i}");
        var names = new List<string>();
        long? next = null;
        do
        {
            var page = await farm.GetAsync($"{Path}?verb=job.submit&limit=3{(next is { } before ? $"&before={before}" : "")}");
            names.AddRange(page["entries"]!.AsArray().Select(entry => (string)entry!["target"]!["name"]!));
            next = (long?)page["next"];
        }
        while (next is not null);

        Assert.Equal(Enumerable.Range(0, 7).Reverse().Select(i => $"job {i}"), names);
    }

    [Theory]
    [InlineData("result=maybe", "\"result\" must be done or refused")]
    [InlineData("since=yesterday", "\"since\" must be a time")]
    [InlineData("before=x", "\"before\" must be the id of an entry")]
    [InlineData("limit=1001", "\"limit\" must be a whole number from 0 to 1000")]
    [InlineData("format=xml", "\"format\" must be csv or json")]
    public async Task A_wrong_filter_is_refused(string query, string message)
    {
        await using var farm = await TestFarm.StartAsync();
        using var answer = await farm.Client.GetAsync($"{Path}?{query}");
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains(message, (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!);
    }

    [Theory]
    [InlineData("format=csv", null)]
    [InlineData("", "text/csv")]
    public async Task A_file_for_spreadsheets_has_no_formula_in_it(string query, string? accept)
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitEchoAsync(name: "=HYPERLINK(\"http://evil.example\",\"click\")");
        await farm.SubmitEchoAsync(name: "shot, \"7\"");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}?verb=job.submit&{query}");
        if (accept is not null) request.Headers.Accept.ParseAdd(accept);
        using var answer = await farm.Client.SendAsync(request);
        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment; filename=\"audit.csv\"", answer.Content.Headers.GetValues("Content-Disposition").Single());
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.Equal(AuditCsv.Header.TrimEnd(), lines[0]);
        Assert.Contains(",\"shot, \"\"7\"\"\",,", lines[1]);
        Assert.Contains(",\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"click\"\")\",,", lines[2]);
        Assert.Equal(4, lines.Length);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\\u000d=1\"")]
    [InlineData("\uFF1D1", "\"'\uFF1D1\"")]
    [InlineData("a=1", "a=1")]
    [InlineData("a,\"b\"", "\"a,\"\"b\"\"\"")]
    [InlineData("two\nlines", "two\\u000alines")]
    [InlineData("\u001b[31m", "\\u001b[31m")]
    [InlineData("", "")]
    public void A_cell_is_shown_as_it_is_in_one_line(string text, string cell) => Assert.Equal(cell, AuditCsv.Cell(text));

    [Fact]
    public void Every_column_has_a_name()
    {
        var line = AuditCsv.Line(new AuditEntryMessage(1, DateTimeOffset.UnixEpoch, "ada", "::1", "page", "job.pause", null, "a", "b", "done", null, 1));
        Assert.Equal("1,1970-01-01T00:00:00.000Z,ada,::1,page,job.pause,,,,a,b,done,,1\r\n", line);
        Assert.Equal(AuditCsv.Header.Count(c => c == ','), line.Count(c => c == ','));
    }

    [Theory]
    [InlineData("lead", "wrong horse of mine", "lead", "wrong password")]
    [InlineData("hunter2 is my password", "correct horse", "", "unknown name")]
    [InlineData("waiting", "correct horse", "waiting", "waits for activation")]
    public async Task A_sign_in_that_failed_is_in_it_without_what_was_typed(string name, string password, string target, string reason)
    {
        await using var farm = await LanClient.StartFarmAsync();
        await farm.Service<FarmAccounts>().AddAsync(Caller.Farm, "lead", "correct horse", Role.Artist);
        await farm.Service<FarmAccounts>().RegisterAsync(Caller.Farm, "waiting", "correct horse", waits: true);
        var there = new LanClient(farm, "192.168.1.7");
        Assert.Equal(403, (await there.SendAsync("POST", "/login", new { username = name, password })).Status);
        Assert.Equal(404, (await there.SendAsync("POST", "/flowserv/api/v1/users/login", new { username = name, password })).Status);

        var entries = Read(farm, new AuditFilter { Limit = 100, IsRefused = true });
        Assert.Equal(["flowserv", "task_tracker"], entries.Select(entry => entry.Via));
        Assert.All(entries, entry => Assert.Equal(
            ("account.sign-in", "", "192.168.1.7", target, reason), (entry.Verb, entry.Who, entry.Address, entry.Target.Name, entry.Refusal)));
        Assert.DoesNotContain("hunter2", (await farm.GetAsync(Path)).ToJsonString());
        Assert.DoesNotContain(password, (await farm.GetAsync(Path)).ToJsonString());
    }

    [Fact]
    public async Task A_good_sign_in_is_in_it_and_many_equal_ones_are_a_number()
    {
        await using var farm = await LanClient.StartFarmAsync();
        await farm.Service<FarmAccounts>().AddAsync(Caller.Farm, "lead", "correct horse", Role.Artist);
        for (var i = 0; i < 3; i++) (await farm.CallAsync("POST", "/login", """{"username":"lead","password":"correct horse"}""")).Good();
        // The farm writes the number by itself, a second later.
        farm.Time.Advance(RepeatLimits.FirstWindow);
        List<AuditEntry> entries = [];
        Assert.True(SpinWait.SpinUntil(() => (entries = Read(farm, new AuditFilter { Limit = 100, Verb = "account.sign-in" })).Count == 2, TimeSpan.FromSeconds(30)));
        Assert.Equal([("lead", 2L), ("lead", 1L)], entries.Select(entry => (entry.Who, entry.Times)));
    }

    [Fact]
    public async Task A_worker_with_a_wrong_secret_is_in_it_and_its_secret_is_not()
    {
        await using var farm = await LanClient.StartFarmAsync();
        var worker = await farm.RegisterAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v3/worker/task");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{worker.Id}:guessed")));
        Assert.Equal(403, (int)(await farm.Client.SendAsync(request)).StatusCode);
        var entry = Assert.Single(Read(farm, new AuditFilter { Limit = 100, IsRefused = true }));
        Assert.Equal(
            ("worker.secret", new AuditTarget("worker", worker.Id, ""), "unknown worker or wrong secret", "flamenco"), (entry.Verb, entry.Target, entry.Refusal, entry.Via));
    }

    [Fact]
    public async Task Wrong_credentials_of_Deadlines_clients_are_in_it_and_asking_for_the_challenge_is_not()
    {
        await using var farm = await TestFarm.StartAsync(contracts: new Dictionary<string, ContractSettings>
        {
            ["deadline"] = new() { Own = new DeadlineSettings { User = "farm", PasswordHash = SecretHash.Make("correct horse") } },
        });
        Assert.Equal(401, (int)(await farm.Client.GetAsync("/api/jobs")).StatusCode);
        Assert.Empty(Read(farm, new AuditFilter { Limit = 100, IsRefused = true }));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/jobs");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("farm:guessed")));
        Assert.Equal(401, (int)(await farm.Client.SendAsync(request)).StatusCode);
        var entry = Assert.Single(Read(farm, new AuditFilter { Limit = 100, IsRefused = true }));
        Assert.Equal(("account.sign-in", "deadline", "wrong user name or password"), (entry.Verb, entry.Via, entry.Refusal));
    }

    [Fact]
    public async Task A_settings_file_that_was_edited_by_hand_is_in_it()
    {
        await using var farm = await TestFarm.StartAsync();
        await File.WriteAllTextAsync(System.IO.Path.Combine(farm.Data, "farm", "farm.yaml"), "manager_name: Castle");
        List<AuditEntry> found = [];
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                farm.Time.Advance(TimeSpan.FromSeconds(2));
                return (found = Read(farm, new AuditFilter { Limit = 10, Verb = "settings" })).Count > 0;
            },
            TimeSpan.FromSeconds(30)));
        Assert.Equal(("", "farm", "the settings file"), (found[0].Who, found[0].Via, found[0].Target.Name));
        Assert.NotNull(found[0].After);
    }

    [Theory]
    [InlineData("POST", "/api/farm/v1/backup", "farm.request", "farm", "POST /api/farm/v1/backup")]
    [InlineData("GET", "/api/v3/configuration/file", "farm.request", "flamenco", "GET /api/v3/configuration/file")]
    [InlineData("GET", "/manager/list", "farm.request", "task_tracker", "GET /manager/list")]
    [InlineData("GET", "/flowserv/api/v1/groups", "farm.request", "flowserv", "GET /flowserv/api/v1/groups")]
    [InlineData("DELETE", "/api/v3/jobs/mass-delete", "farm.request", "flamenco", "DELETE /api/v3/jobs/mass-delete")]
    [InlineData("PUT", "/aspire_api/manager/release/worker/w", "farm.request", "aspire", "PUT /aspire_api/{**rest}")]
    public async Task A_request_that_is_refused_is_in_it_once_whatever_refused_it(string method, string path, string verb, string via, string target)
    {
        await using var farm = await LanClient.StartFarmAsync();
        var visitor = new LanClient(farm, "192.168.1.7");
        var body = path.EndsWith("mass-delete", StringComparison.Ordinal) ? new { last_updated_max = "2020-01-01T00:00:00Z" } : null;
        Assert.InRange((await visitor.SendAsync(method, path, body)).Status, 401, 403);
        var entry = Assert.Single(Read(farm, new AuditFilter { Limit = 100, IsRefused = true }));
        Assert.Equal((verb, via, target, "192.168.1.7"), (entry.Verb, entry.Via, entry.Target.Name, entry.Address));
    }

    private static List<AuditEntry> Read(TestFarm farm, AuditFilter filter) => farm.Service<FarmStore>().Read(db => AuditView.Page(db, filter));

    private static IEnumerable<JsonNode> Entries((int Status, string Text) answer)
    {
        Assert.Equal(200, answer.Status);
        return JsonNode.Parse(answer.Text)!["entries"]!.AsArray().Select(entry => entry!);
    }
}
