using System.Text;
using Farm.Server.Contracts.Shared.Dashboard;
using Farm.Server.Domain.Access;
using Farm.Server.Operations.Access;
using Farm.Server.Operations.Accounts;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Access;

/// <summary>Where <c>access</c> is <c>closed</c>, strangers sign in and do nothing else, whichever way they come.</summary>
public sealed class ClosedFarmTests
{
    private const string Elsewhere = "192.168.1.7";

    [Fact]
    public async Task A_stranger_is_sent_to_the_sign_in_page_which_opens_no_connection()
    {
        await using var farm = await LanClient.StartFarmAsync(AccessMode.Closed);
        foreach (var path in (string[])["/", "/jobs?search=a%26b", "/workers", "/status", "/submit"])
        {
            using var answer = await SendAsync(farm, "GET", path, ("Accept", "text/html"));
            Assert.Equal(303, (int)answer.StatusCode);
            Assert.Equal($"/sign-in?back={Uri.EscapeDataString(path)}", answer.Headers.Location!.OriginalString);
        }

        using var page = await SendAsync(farm, "GET", "/sign-in", ("Accept", "text/html"));
        var html = await page.Content.ReadAsStringAsync();
        Assert.Equal(200, (int)page.StatusCode);
        Assert.Contains("action=\"/sign-in/enter\"", html);
        // A page that is connected could be told to show any other.
        Assert.DoesNotContain("blazor.web.js", html);
        Assert.DoesNotContain("role=\"none\" disabled", html);
        using var connection = await SendAsync(farm, "POST", "/_blazor/negotiate?negotiateVersion=1");
        Assert.Equal(401, (int)connection.StatusCode);
    }

    [Fact]
    public async Task Who_signed_in_sees_the_pages_and_the_server_s_own_machine_needs_no_account()
    {
        await using var farm = await LanClient.StartFarmAsync(AccessMode.Closed);
        var session = (await farm.Service<Sessions>().OpenAsync(farm.Service<FarmAccounts>().All()[0].Id, TimeSpan.FromHours(1))).Token;
        using var page = await SendAsync(farm, "GET", "/jobs", ("Accept", "text/html"), ("Cookie", $"tt={session}"));
        Assert.Equal(200, (int)page.StatusCode);
        Assert.Contains("blazor.web.js", await page.Content.ReadAsStringAsync());
        Assert.Equal(200, (int)(await farm.Client.GetAsync("/api/v3/jobs")).StatusCode);
        Assert.NotNull((await farm.SubmitEchoAsync())["id"]);
    }

    [Fact]
    public async Task A_page_whose_session_has_ended_may_look_no_more()
    {
        await using var farm = await LanClient.StartFarmAsync(AccessMode.Closed);
        var account = farm.Service<FarmAccounts>().All()[0];
        var session = (await farm.Service<Sessions>().OpenAsync(account.Id, TimeSpan.FromHours(1))).Token;
        var user = (await new Circuit(session, Elsewhere).GetAuthenticationStateAsync()).User;
        Assert.True(DashboardPeople.Identify(user, farm.Service<FarmAccess>(), farm.Service<Sessions>()).May(Permission.Look));
        await farm.Service<FarmAccounts>().EndSessionsAsync(Caller.Farm, account.Id);
        Assert.False(DashboardPeople.Identify(user, farm.Service<FarmAccess>(), farm.Service<Sessions>()).May(Permission.Look));
    }

    [Fact]
    public async Task Health_tells_a_stranger_only_whether_the_farm_is_well()
    {
        await using var farm = await LanClient.StartFarmAsync(AccessMode.Closed);
        using var answer = await SendAsync(farm, "GET", "/health");
        Assert.StartsWith("""{"status":"ok","checks":{"database":"ok""", await answer.Content.ReadAsStringAsync());
        Assert.DoesNotContain("managers", await answer.Content.ReadAsStringAsync());
        Assert.Contains("managers", await farm.Client.GetStringAsync("/health"));
    }

    [Fact]
    public async Task A_refusal_has_the_form_of_the_protocol()
    {
        await using var farm = await LanClient.StartFarmAsync(AccessMode.Closed);
        var answers = new StringBuilder();
        foreach (var path in (string[])["/api/v3/jobs", "/api/jobs", "/project/list", "/flowserv/api/v1/workflows", "/aspire_api/manager/batch?worker=w", "/api/farm/v1/tokens", "/metrics"])
        {
            using var answer = await SendAsync(farm, "GET", path);
            answers.AppendLine($"{path}: {(int)answer.StatusCode} {answer.Headers.WwwAuthenticate} {answer.Content.Headers.ContentType}\n{await answer.Content.ReadAsStringAsync()}");
        }

        Snapshot.Verify(answers.ToString());
    }

    [Fact]
    public async Task A_worker_works_with_its_own_credentials_and_looks_at_what_it_needs()
    {
        await using var farm = await LanClient.StartFarmAsync(AccessMode.Closed);
        var worker = await farm.AwakeAsync();
        await farm.SubmitEchoAsync();
        worker.Client.DefaultRequestHeaders.Add("X-Forwarded-For", Elsewhere);
        await worker.TakeAndCompleteAsync();
        Assert.Equal(200, (int)(await worker.Client.GetAsync("/api/v3/configuration/variables/workers/linux")).StatusCode);
        Assert.Equal(403, (int)(await worker.Client.DeleteAsync("/api/v3/jobs/" + Guid.NewGuid())).StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(TestFarm farm, string method, string path, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = farm.Client.BaseAddress };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("X-Forwarded-For", Elsewhere);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request);
    }
}
