using System.Net;
using System.Text.RegularExpressions;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Farm.Server.Operations.Configuration;
using Farm.Tests.Contracts.Access;
using Farm.Tests.Support;

namespace Farm.Tests.Hosting.Dashboard;

/// <summary>The setup page over HTTP.</summary>
public sealed partial class SetupTests
{
    [Fact]
    public async Task The_setup_code_makes_the_first_administrator_signs_them_in_and_saves_what_visitors_may_do()
    {
        await using var farm = await TestFarm.StartAsync(security: LanClient.Security);
        var visitor = new LanClient(farm, "192.168.1.7");
        Assert.Equal(403, (await visitor.SendAsync("POST", "/api/v3/jobs", LanClient.EchoJob())).Status);

        var answer = await PostAsync(farm, Code(farm), "boss", "correct horse", "open");
        Assert.Equal((HttpStatusCode.SeeOther, "/"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        var session = answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("tt=", StringComparison.Ordinal)).Split('=', ';')[1];
        Assert.Equal(("boss", Role.Administrator), (farm.Service<Sessions>().Find(session)!.Username, farm.Service<Sessions>().Find(session)!.Role));
        Assert.Equal(AccessMode.Open, farm.Service<IFarmConfiguration>().Access);
        Assert.Contains("access: \"open\"", await File.ReadAllTextAsync(Path.Combine(farm.Data, "farm", "farm.yaml")));
        Assert.False(File.Exists(Path.Combine(farm.Data, "farm", "setup.code")));
        Assert.Equal(200, (await visitor.SendAsync("POST", "/api/v3/worker-mgt/tags", new { name = "gpu" })).Status);
    }

    [Theory]
    [InlineData("aaaa-aaaa-aaaa", "boss", "correct horse", "code")]
    [InlineData("", "boss", "correct horse", "code")]
    [InlineData(null, "bo", "correct horse", "name")]
    [InlineData(null, "bo\tss", "correct horse", "name")]
    [InlineData(null, "boss", "too short", "password")]
    [InlineData(null, "boss", "password1234", "password")]
    public async Task A_mistake_goes_back_to_the_page_with_the_reason_and_the_code_stays(string? code, string name, string password, string problem)
    {
        await using var farm = await TestFarm.StartAsync();
        var answer = await PostAsync(farm, code ?? Code(farm), name, password, "submit");
        Assert.StartsWith($"/setup?problem={problem}&", answer.Headers.Location!.OriginalString);
        Assert.Empty(farm.Service<FarmAccounts>().All());
        Assert.Equal("/", (await PostAsync(farm, Code(farm), "boss", "correct horse", "submit")).Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_farm_that_is_set_up_shows_no_form_and_takes_none()
    {
        await using var farm = await TestFarm.StartAsync();
        var code = Code(farm);
        using var before = await GetAsync(farm);
        Assert.Contains("Setup code", await before.Content.ReadAsStringAsync());
        await farm.Service<FarmAccounts>().AddAsync(Caller.Farm, "boss", "correct horse", Role.Administrator);
        using var after = await GetAsync(farm);
        Assert.Contains("This farm is set up.", await after.Content.ReadAsStringAsync());
        Assert.StartsWith("/setup?problem=old&", (await SendAsync(farm, code, "thief", "correct horse", "open", "", "")).Headers.Location!.OriginalString);
        Assert.Single(farm.Service<FarmAccounts>().All());
    }

    private static string Code(TestFarm farm) => File.ReadAllText(Path.Combine(farm.Data, "farm", "setup.code")).Trim();

    private static Task<HttpResponseMessage> GetAsync(TestFarm farm)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/setup");
        request.Headers.Accept.ParseAdd("text/html");
        return farm.Client.SendAsync(request);
    }

    /// <summary>Fills in the form as a browser does.</summary>
    private static async Task<HttpResponseMessage> PostAsync(TestFarm farm, string code, string name, string password, string access)
    {
        using var page = await GetAsync(farm);
        var token = Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
        var cookie = page.Headers.GetValues("Set-Cookie").Single(set => set.Contains("Antiforgery", StringComparison.Ordinal)).Split(';')[0];
        return await SendAsync(farm, code, name, password, access, token, cookie);
    }

    private static Task<HttpResponseMessage> SendAsync(
        TestFarm farm, string code, string name, string password, string access, string token, string cookie)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/setup/finish")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["code"] = code,
                ["username"] = name,
                ["password"] = password,
                ["access"] = access,
                ["__RequestVerificationToken"] = token,
            }),
        };
        if (cookie.Length > 0) request.Headers.Add("Cookie", cookie);
        return farm.Client.SendAsync(request);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
