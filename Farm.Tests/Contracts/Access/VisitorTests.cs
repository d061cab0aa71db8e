using System.Text.Json.Nodes;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Access;

/// <summary>What people on other machines may do, through each protocol, before and after the farm is set up.</summary>
public sealed class VisitorTests
{
    private static readonly string Seed = "/aspire_api/seeds";

    [Fact]
    public async Task Before_the_farm_is_set_up_another_machine_looks_and_changes_nothing_through_any_protocol()
    {
        await using var farm = await TestFarm.StartAsync(access: AccessMode.Open, security: LanClient.Security);
        var job = (string)(await farm.SubmitEchoAsync())["id"]!;
        var worker = await farm.RegisterAsync();
        var before = await farm.Client.GetStringAsync($"/api/v3/jobs/{job}");
        var visitor = new LanClient(farm, "192.168.1.7");

        Assert.Equal(200, (await visitor.SendAsync("GET", $"/api/v3/jobs/{job}")).Status);
        Assert.Equal(200, (await visitor.SendAsync("GET", "/api/jobs")).Status);
        foreach (var (method, path, body) in Changes(job, worker.Id))
        {
            var (status, text) = await visitor.SendAsync(method, path, body);
            Assert.True(status is 403 or 400 or 500, $"{method} {path}: {status} {text}");
            Assert.Contains("this farm is not set up yet", text);
        }

        Assert.Equal(before, await farm.Client.GetStringAsync($"/api/v3/jobs/{job}"));
        Assert.Empty(farm.Service<FarmAccounts>().All());
    }

    [Fact]
    public async Task Where_visitors_submit_they_control_what_came_from_their_machine_and_nothing_else()
    {
        await using var farm = await LanClient.StartFarmAsync(AccessMode.Submit);
        var visitor = new LanClient(farm, "192.168.1.7");
        var other = new LanClient(farm, "192.168.1.8");
        var job = await visitor.SubmitAsync();
        var worker = await farm.RegisterAsync();

        Assert.Equal(204, (await visitor.SendAsync("POST", $"/api/v3/jobs/{job}/setpriority", new { priority = 60 })).Status);
        Assert.Equal(200, (await visitor.SendAsync("PUT", "/api/jobs", new { Command = "suspend", JobID = job })).Status);
        foreach (var (method, path, body) in JobChanges(job))
        {
            var (status, text) = await other.SendAsync(method, path, body);
            Assert.True(status is 403 or 400 or 500, $"{method} {path}: {status} {text}");
            Assert.Contains("was not submitted from your machine; sign in as an operator to control it", text);
        }

        foreach (var (method, path, body) in FarmChanges(worker.Id))
        {
            var (status, text) = await visitor.SendAsync(method, path, body);
            Assert.True(status is 403, $"{method} {path}: {status} {text}");
            Assert.Contains("this needs the role operator", text);
        }

        Assert.Equal(204, (await visitor.SendAsync("DELETE", $"/api/v3/jobs/{job}")).Status);
    }

    [Fact]
    public async Task On_an_open_farm_visitors_control_all_jobs_and_workers_but_administer_nothing()
    {
        await using var farm = await LanClient.StartFarmAsync(AccessMode.Open);
        var job = (string)(await farm.SubmitEchoAsync())["id"]!;
        var worker = await farm.RegisterAsync();
        var visitor = new LanClient(farm, "192.168.1.7");

        Assert.Equal(204, (await visitor.SendAsync("POST", $"/api/v3/jobs/{job}/setstatus", new { status = "paused", reason = "test" })).Status);
        Assert.Equal(200, (await visitor.SendAsync("POST", "/api/v3/worker-mgt/tags", new { name = "gpu" })).Status);
        Assert.Equal(204, (await visitor.SendAsync("DELETE", $"/api/v3/worker-mgt/workers/{worker.Id}")).Status);
        Assert.Equal(403, (await visitor.SendAsync("GET", "/api/v3/configuration/file")).Status);
        Assert.Equal(401, (await visitor.SendAsync("POST", "/api/farm/v1/backup")).Status);
        Assert.Equal(401, (await visitor.SendAsync("GET", "/api/farm/v1/accounts")).Status);
    }

    [Fact]
    public async Task An_operator_controls_everything_and_an_artist_their_own_jobs_from_any_machine()
    {
        await using var farm = await LanClient.StartFarmAsync(AccessMode.Submit);
        var artist = await LanClient.SignedInAsync(farm, "192.168.1.7", "ada", Role.Artist);
        var job = await artist.SubmitAsync();
        var elsewhere = new LanClient(farm, "192.168.1.7");
        Assert.Equal(403, (await elsewhere.SendAsync("DELETE", $"/api/v3/jobs/{job}")).Status);

        var colleague = await LanClient.SignedInAsync(farm, "192.168.1.7", "bob", Role.Artist);
        var (status, text) = await colleague.SendAsync("DELETE", $"/api/v3/jobs/{job}");
        Assert.Equal(403, status);
        Assert.Contains("is not yours; only operators control the jobs of others", text);
        Assert.Equal(403, (await colleague.SendAsync("POST", "/api/v3/worker-mgt/tags", new { name = "gpu" })).Status);

        var wrangler = await LanClient.SignedInAsync(farm, "192.168.1.9", "eve", Role.Operator);
        Assert.Equal(204, (await wrangler.SendAsync("POST", $"/api/v3/jobs/{job}/setpriority", new { priority = 60 })).Status);
        Assert.Equal(200, (await wrangler.SendAsync("POST", "/api/v3/worker-mgt/tags", new { name = "gpu" })).Status);
        Assert.Equal(204, (await wrangler.SendAsync("DELETE", $"/api/v3/jobs/{job}")).Status);
    }

    [Fact]
    public async Task Deleting_several_jobs_of_which_one_is_somebody_elses_deletes_none()
    {
        await using var farm = await LanClient.StartFarmAsync(AccessMode.Submit);
        var (ada, bob) = (await LanClient.SignedInAsync(farm, "192.168.1.7", "ada", Role.Artist), await LanClient.SignedInAsync(farm, "192.168.1.8", "bob", Role.Artist));
        var (hers, his) = (await ada.SubmitAsync(), await bob.SubmitAsync());
        var (status, text) = await ada.SendAsync("DELETE", $"/api/jobs?JobID={hers},{his}");
        Assert.Equal(500, status);
        Assert.Contains("is not yours; only operators control the jobs of others", text);
        Assert.Equal(2, JsonNode.Parse((await ada.SendAsync("GET", "/api/jobs?IdOnly=true")).Text)!.AsArray().Count);
        Assert.Equal((200, "Success"), await ada.SendAsync("DELETE", $"/api/jobs?JobID={hers},{hers}"));
        Assert.Equal(his, (string)Assert.Single(JsonNode.Parse((await ada.SendAsync("GET", "/api/jobs?IdOnly=true")).Text)!.AsArray())!);
    }

    [Fact]
    public async Task A_job_of_one_address_is_not_controlled_through_a_header_that_names_it()
    {
        await using var farm = await TestFarm.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v3/jobs/" + Guid.NewGuid());
        // Not a trusted proxy, so it could be anyone behind it: the farm is not set up, and this is not its own machine.
        request.Headers.Add("X-Forwarded-For", "127.0.0.1");
        var job = (string)(await farm.SubmitEchoAsync())["id"]!;
        request.RequestUri = new Uri($"/api/v3/jobs/{job}", UriKind.Relative);
        using var answer = await farm.Client.SendAsync(request);
        Assert.Equal(403, (int)answer.StatusCode);
        Assert.Contains("not set up", (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["message"]!);
    }

    private static IEnumerable<(string Method, string Path, object? Body)> Changes(string job, string worker) =>
    [
        .. JobChanges(job), .. FarmChanges(worker),
        ("POST", "/api/v3/jobs", LanClient.EchoJob()),
        ("POST", Seed, new { description = "mine" }),
        ("POST", "/register", new { username = "thief", password = "correct horse" }),
        ("POST", "/flowserv/api/v1/users/register", new { username = "thief", password = "correct horse", verify = false }),
        ("POST", "/api/v3/shaman/checkout/create", new { checkoutPath = "mine", files = Array.Empty<object>() }),
    ];

    private static IEnumerable<(string Method, string Path, object? Body)> JobChanges(string job) =>
    [
        ("POST", $"/api/v3/jobs/{job}/setstatus", new { status = "canceled", reason = "test" }),
        ("POST", $"/api/v3/jobs/{job}/setpriority", new { priority = 99 }),
        ("POST", $"/api/v3/jobs/{job}/settag", new { }),
        ("DELETE", $"/api/v3/jobs/{job}", null),
        ("PUT", "/api/jobs", new { Command = "suspend", JobID = job }),
        ("PUT", "/api/tasks", new { Command = "complete", JobID = job }),
        ("DELETE", $"/api/jobs?JobID={job}", null),
    ];

    private static IEnumerable<(string Method, string Path, object? Body)> FarmChanges(string worker) =>
    [
        ("POST", "/api/v3/worker-mgt/tags", new { name = "gpu" }),
        ("DELETE", $"/api/v3/worker-mgt/workers/{worker}", null),
        ("POST", $"/api/v3/worker-mgt/workers/{worker}/setstatus", new { status = "asleep", is_lazy = false }),
        ("POST", $"/api/v3/worker-mgt/workers/{worker}/settags", new { tag_ids = Array.Empty<string>() }),
        ("POST", $"/api/v3/worker-mgt/workers/{worker}/sleep-schedule", new { is_active = false, days_of_week = "", start_time = "", end_time = "" }),
        ("DELETE", "/api/v3/jobs/mass-delete", new { last_updated_max = "2020-01-01T00:00:00Z" }),
        ("PUT", $"/aspire_api/manager/release/worker/{worker}", null),
    ];
}
