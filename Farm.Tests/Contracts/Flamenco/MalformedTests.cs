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
    public async Task Paths_outside_the_protocol_are_404_in_its_form(string method, string path)
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
    public async Task Another_method_is_405_and_says_which_ones_there_are_before_credentials_are_looked_at(string method, string path, string allowed)
    {
        var farm = shared.Farm;
        using var answer = await farm.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal(allowed, string.Join(", ", answer.Content.Headers.Allow));
        await Task.FromResult(answer).IsRefusedAsync(405);
    }

    [Fact]
    public async Task A_body_is_looked_at_in_the_order_there_its_type_its_syntax_its_schema()
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
    public async Task What_is_not_quite_JSON_is_refused(string body)
    {
        var farm = shared.Farm;
        Assert.Contains("not JSON", await farm.Client.PostTextAsync("/api/v3/jobs", body).IsRefusedAsync(400));
    }

    [Fact]
    public async Task Json_nested_deeper_than_anyone_needs_is_refused()
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
    public async Task Nobody_is_refused_for_what_he_accepts()
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
    public async Task A_defect_of_the_farm_is_answered_in_the_form_of_the_protocol_without_its_details()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.Service<FarmStore>().WriteAsync(tx => tx.Db.Execute("DROP TABLE tags"));
        Assert.DoesNotContain("tags", await farm.Client.GetAsync("/api/v3/worker-mgt/tags").IsRefusedAsync(500));
    }

    [Theory]
    [InlineData("first")]
    [InlineData("-1")]
    [InlineData("1,2")]
    [InlineData("")]
    public async Task A_header_that_names_no_attempt_is_refused(string attempt)
    {
        var farm = shared.Farm;
        var worker = await farm.AwakeAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, $"task/{Answers.Nobody}/may-i-run");
        request.Headers.TryAddWithoutValidation("X-Farm-Attempt", attempt);
        await worker.Client.SendAsync(request).IsRefusedAsync(400);
    }

    [Fact]
    public async Task Settings_of_any_size_below_the_limit_are_taken()
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
