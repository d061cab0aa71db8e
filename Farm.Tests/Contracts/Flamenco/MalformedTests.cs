using System.Net.Http.Json;
using System.Text;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>Requests that no operation ever sees, and the order in which they are looked at (Contracts/Flamenco/Contract.md sections 1.2 and 1.3).</summary>
public sealed class MalformedTests(SharedFarm shared) : IClassFixture<SharedFarm>
{
    [Theory]
    [InlineData("GET", "/api/v3")]
    [InlineData("GET", "/api/v3/nonsense")]
    [InlineData("POST", "/api/v3/jobs/types/more")]
    [InlineData("GET", "/api/v3/worker/task/x/y/z")]
    [InlineData("GET", "/job-files")]
    [InlineData("GET", "/job-files/nonsense")]
    public async Task Unknown_paths_are_404_in_the_protocols_form(string method, string path)
    {
        var farm = shared.Farm;
        await farm.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path)).IsRefusedAsync(404);
    }

    [Theory]
    [InlineData("DELETE", "/api/v3/version", "GET")]
    [InlineData("PUT", "/api/v3/jobs", "GET, POST")]
    [InlineData("POST", "/api/v3/jobs/types", "GET")]
    [InlineData("POST", $"/api/v3/jobs/{Answers.Nobody}", "DELETE, GET")]
    [InlineData("GET", "/api/v3/worker/sign-on", "POST")]
    [InlineData("POST", "/job-files/job-0000/x/y", "GET, HEAD")]
    public async Task Another_method_is_405_with_the_allowed_ones_even_without_credentials(string method, string path, string allowed)
    {
        var farm = shared.Farm;
        using var answer = await farm.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal(allowed, string.Join(", ", answer.Content.Headers.Allow));
        await Task.FromResult(answer).IsRefusedAsync(405);
    }

    [Fact]
    public async Task A_body_is_checked_for_presence_type_syntax_and_schema_in_this_order()
    {
        var farm = shared.Farm;
        Assert.Contains("missing", await farm.Client.PostTextAsync("/api/v3/jobs", "", "text/html").IsRefusedAsync(400));
        Assert.Contains("Content-Type", await farm.Client.PostTextAsync("/api/v3/jobs", "{ no json", "text/html").IsRefusedAsync(400));
        Assert.Contains("not JSON", await farm.Client.PostTextAsync("/api/v3/jobs", "{ no json").IsRefusedAsync(400));
        Assert.Contains("object", await farm.Client.PostTextAsync("/api/v3/jobs", "[]").IsRefusedAsync(400));
        Assert.Contains("\"name\"", await farm.Client.PostTextAsync("/api/v3/jobs", "{}").IsRefusedAsync(400));
        var noType = new ByteArrayContent("{}"u8.ToArray());
        Assert.Contains("Content-Type", await farm.Client.PostAsync("/api/v3/jobs", noType).IsRefusedAsync(400));
    }

    [Theory]
    [InlineData("""{"name":"a","name":"b"}""")]
    [InlineData("""{"name":"a",}""")]
    [InlineData("""{"name":"a"} {}""")]
    [InlineData("""{"name":1e}""")]
    public async Task Almost_valid_JSON_is_rejected(string body)
    {
        var farm = shared.Farm;
        Assert.Contains("not JSON", await farm.Client.PostTextAsync("/api/v3/jobs", body).IsRefusedAsync(400));
    }

    [Fact]
    public async Task Deeply_nested_JSON_is_rejected()
    {
        var farm = shared.Farm;
        var body = new StringBuilder("""{"name":"n","type":"echo-sleep-test","submitter_platform":"linux","settings":""").Append('{');
        for (var depth = 0; depth < 10_000; depth++) body.Append("\"a\":{");
        body.Append('}', 10_002);
        await farm.Client.PostTextAsync("/api/v3/jobs", body.ToString()).IsRefusedAsync(400);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("APPLICATION/JSON")]
    public async Task Parameters_and_case_of_the_content_type_do_not_matter(string type)
    {
        var farm = shared.Farm;
        await farm.Client.PostTextAsync("/api/v3/jobs/check", """
            {"name":"n","type":"echo-sleep-test","submitter_platform":"linux","settings":{"message":"m"}}
            """, type).IsEmptyAsync();
    }

    [Fact]
    public async Task The_Accept_header_is_ignored()
    {
        var farm = shared.Farm;
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v3/version");
        request.Headers.TryAddWithoutValidation("Accept", "image/webp");
        await farm.Client.SendAsync(request).IsJsonAsync();
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused_before_it_is_read()
    {
        var farm = shared.Farm;
        var answer = await farm.RawAsync(
            "POST /api/v3/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 67108865\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413 ", answer);
        Assert.Contains("{\"code\":413,", answer);
    }

    [Fact]
    public async Task An_error_before_the_first_entry_of_a_list_is_reported_whole()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.Service<FarmStore>().WriteAsync(tx => tx.Db.Execute("ALTER TABLE jobs RENAME TO gone"));
        using var response = await farm.Client.GetAsync("/api/v3/jobs");
        Assert.Equal(500, (int)response.StatusCode);
        Assert.StartsWith("{\"code\":500,", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_unexpected_error_is_reported_in_the_protocols_form_without_details()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.Service<FarmStore>().WriteAsync(tx => tx.Db.Execute(TestDatabase.IsPostgres ? "DROP TABLE tags CASCADE" : "DROP TABLE tags"));
        Assert.DoesNotContain("tags", await farm.Client.GetAsync("/api/v3/worker-mgt/tags").IsRefusedAsync(500));
    }

    [Theory]
    [InlineData("first")]
    [InlineData("-1")]
    [InlineData("1,2")]
    [InlineData("")]
    public async Task A_malformed_attempt_header_is_rejected(string attempt)
    {
        var farm = shared.Farm;
        var worker = await farm.AwakeAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, $"task/{Answers.Nobody}/may-i-run");
        request.Headers.TryAddWithoutValidation("X-Farm-Attempt", attempt);
        await worker.Client.SendAsync(request).IsRefusedAsync(400);
    }

    [Fact]
    public async Task Large_settings_below_the_limit_are_accepted()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.Client.PostAsJsonAsync("/api/v3/jobs", new
        {
            name = "Big",
            type = "echo-sleep-test",
            submitter_platform = "linux",
            settings = new { message = new string('m', 5_000_000) },
        }).IsJsonAsync();
        Assert.Equal(5_000_000, ((string)job["settings"]!["message"]!).Length);
    }
}
