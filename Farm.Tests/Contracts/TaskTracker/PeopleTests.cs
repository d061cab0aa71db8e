using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.TaskTracker;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.TaskTracker;

/// <summary>Contracts/TaskTracker/Contract.md sections 2.3 and 4.5: managers and their sessions.</summary>
public sealed class PeopleTests
{
    private const string Lead = """{"username":"lead","password":"correct horse"}""";

    [Fact]
    public async Task Registering_signs_in_and_makes_nobody_an_administrator()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.Service<FarmAccounts>().AddAsync(Caller.Farm, "lead", "correct horse", Role.Administrator);
        var lead = Session(await farm.CallAsync("POST", "/login", Lead));
        var second = Session(await farm.CallAsync("POST", "/register", """{"username":"second","password":"correct horse"}"""));

        Assert.True((bool)(await farm.CallAsync("GET", "/account", by: lead)).Good().Content["manager"]!["tracker_admin"]!);
        Assert.False((bool)(await farm.CallAsync("GET", "/account", by: second)).Good().Content["manager"]!["tracker_admin"]!);
    }

    [Fact]
    public async Task Whoever_registers_is_signed_in_only_after_activation_unless_registration_is_open()
    {
        const string second = """{"username":"second","password":"correct horse"}""";
        await using var farm = await TestFarm.StartAsync(openRegistration: false);
        var answer = (await farm.CallAsync("POST", "/register", second)).Good();
        Assert.False(answer.Response.Headers.Contains("Set-Cookie"));
        Assert.Contains("administrator", answer.Message);
        (await farm.CallAsync("POST", "/login", second)).Refused(403);
        await farm.Service<FarmAccounts>().ActivateAsync(Caller.Farm, farm.Account("second").Uuid);
        (await farm.CallAsync("POST", "/login", second)).Good();
    }

    [Fact]
    public async Task The_cookie_has_the_configured_lifetime_and_is_HttpOnly()
    {
        await using var farm = await TestFarm.StartAsync(contracts: Only(new TrackerSettings { Cookie = "who", SessionLifetime = TimeSpan.FromMinutes(10) }));
        var answer = await farm.CallAsync("POST", "/register", Lead);
        var cookie = Assert.Single(answer.Response.Headers.GetValues("Set-Cookie"));
        Assert.Matches("^who=[0-9a-f]{64}; expires=Mon, 05 Jan 2026 10:10:00 GMT; path=/; samesite=lax; httponly$", cookie);
    }

    [Fact]
    public async Task Each_login_has_a_new_token_and_ends_the_previous_session()
    {
        await using var farm = await TestFarm.StartAsync();
        var first = Session(await farm.CallAsync("POST", "/register", Lead));
        var other = Session(await farm.CallAsync("POST", "/login", Lead));
        var second = Session(await farm.CallAsync("POST", "/login", Lead, first));

        Assert.NotEqual(first.Session, second.Session);
        (await farm.CallAsync("GET", "/manager/list", by: first)).Refused(401);
        (await farm.CallAsync("GET", "/manager/list", by: second)).Good();
        (await farm.CallAsync("GET", "/manager/list", by: other)).Good();
    }

    [Fact]
    public async Task A_client_cannot_choose_a_session_token()
    {
        await using var farm = await TestFarm.StartAsync();
        var chosen = new TrackerCaller(new string('a', 64));
        var answer = await farm.CallAsync("POST", "/register", Lead, chosen);
        Assert.NotEqual(chosen.Session, Session(answer).Session);
        (await farm.CallAsync("GET", "/manager/list", by: chosen)).Refused(401);
    }

    [Theory]
    [InlineData("""{"username":"lead","password":"correct horsE"}""", 403)]
    [InlineData("""{"username":"Lead","password":"correct horse"}""", 403)]
    [InlineData("""{"username":"nobody","password":"correct horse"}""", 403)]
    [InlineData("{}", 403)]
    [InlineData("""{"username":7}""", 400)]
    [InlineData("", 400)]
    public async Task A_failed_login_sets_no_cookie(string body, int status)
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.CallAsync("POST", "/register", Lead);
        var answer = (await farm.CallAsync("POST", "/login", body)).Refused(status);
        Assert.False(answer.Response.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("ab", "correct horse", 400)]
    [InlineData("abc", "correct horse", 200)]
    [InlineData("abcdefghijklmnop", "correct horse", 200)]
    [InlineData("abcdefghijklmnopq", "correct horse", 400)]
    [InlineData("äöüäöüäöü", "correct horse", 400)]
    [InlineData("lead2", "123 horse", 400)]
    [InlineData("lead2", "1234 horse", 200)]
    [InlineData("lead2", "password123", 400)]
    [InlineData("lead", "correct horse", 400)]
    [InlineData("le\\u0000ad", "correct horse", 400)]
    public async Task A_registration_needs_a_free_name_and_valid_lengths(string username, string password, int status)
    {
        await using var farm = await TestFarm.StartAsync(openRegistration: true);
        await farm.CallAsync("POST", "/register", Lead);
        var answer = await farm.CallAsync("POST", "/register", $$"""{"username":"{{username}}","password":"{{password}}"}""");
        if (status == 200) answer.Good();
        else answer.Refused(status);
        Assert.Equal(status == 200, answer.Response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_logout_ends_the_session_and_clears_the_cookie()
    {
        await using var farm = await TestFarm.StartAsync();
        var lead = Session(await farm.CallAsync("POST", "/register", Lead));
        var answer = await farm.CallAsync("GET", "/logout", by: lead);
        Assert.Equal((204, ""), (answer.Status, answer.Text));
        Assert.StartsWith("tt=; expires=Thu, 01 Jan 1970", answer.Response.Headers.GetValues("Set-Cookie").Single());
        var account = await farm.CallAsync("GET", "/account", by: lead);
        Assert.Equal((200, false), (account.Status, account.Ok));
    }

    [Fact]
    public async Task A_session_ends_on_the_server_too()
    {
        await using var farm = await TestFarm.StartAsync();
        var lead = Session(await farm.CallAsync("POST", "/register", Lead));
        farm.Time.Advance(TimeSpan.FromHours(8) - TimeSpan.FromSeconds(1));
        (await farm.CallAsync("GET", "/manager/list", by: lead)).Good();
        farm.Time.Advance(TimeSpan.FromSeconds(1));
        (await farm.CallAsync("GET", "/manager/list", by: lead)).Refused(401);
    }

    [Fact]
    public async Task A_promotion_or_demotion_applies_to_the_next_request()
    {
        await using var farm = await TestFarm.StartAsync();
        var lead = await farm.PersonAsync("lead", administrator: true);
        var other = await farm.PersonAsync("other");
        var project = await farm.ProjectAsync(lead, "hidden", "\"hidden\":true");
        var id = farm.Account("other").Id;
        (await farm.CallAsync("GET", $"/project/get/{project}", by: other)).Refused(403);
        Assert.Equal(204, (await farm.CallAsync("GET", $"/manager/promote/{id}", by: lead)).Status);
        (await farm.CallAsync("GET", $"/project/get/{project}", by: other)).Good();
        Assert.Equal(204, (await farm.CallAsync("GET", $"/manager/demote/{id}", by: lead)).Status);
        (await farm.CallAsync("GET", $"/project/get/{project}", by: other)).Refused(403);
    }

    [Fact]
    public async Task Managers_cannot_promote_or_demote_themselves_or_unknown_accounts()
    {
        await using var farm = await TestFarm.StartAsync();
        var lead = await farm.PersonAsync("lead", administrator: true);
        (await farm.CallAsync("GET", "/manager/promote/1", by: lead)).Refused(401);
        (await farm.CallAsync("GET", "/manager/demote/1", by: lead)).Refused(403);
        (await farm.CallAsync("GET", "/manager/promote/99999999999999999999", by: lead)).Refused(404);
        (await farm.CallAsync("GET", "/manager/demote/2", by: lead)).Refused(404);
        (await farm.CallAsync("GET", "/manager/demote/x", by: lead)).Refused(400);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "none", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 204)]
    [InlineData("Referer", "http://elsewhere.example/", 403)]
    [InlineData("Referer", "OWN/user/2", 204)]
    [InlineData("Accept", "image/avif,image/webp,*/*;q=0.8", 403)]
    [InlineData("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", 403)]
    [InlineData("User-Agent", "Go-http-client/1.1", 204)]
    [InlineData("User-Agent", "python-requests/2.32.3", 204)]
    public async Task Only_the_farms_own_pages_and_programs_can_promote_demote_or_sign_out_by_GET(string header, string value, int status)
    {
        await using var farm = await TestFarm.StartAsync();
        var lead = await farm.PersonAsync("lead", administrator: true);
        await farm.PersonAsync("other");
        foreach (var path in new[] { "/manager/promote/2", "/manager/demote/2", "/logout" })
        {
            var own = farm.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
            Assert.Equal(status, (await farm.CallAsync("GET", path, null, lead, (header, value.Replace("OWN", own)))).Status);
        }

        Assert.Equal(status == 403, farm.Service<Sessions>().Find(lead.Session!) is not null);
    }

    [Fact]
    public async Task Roles_are_granted_replaced_and_revoked()
    {
        await using var farm = await TestFarm.StartAsync();
        var owner = await farm.PersonAsync("owner");
        await farm.PersonAsync("other");
        var project = await farm.ProjectAsync(owner, "shot");
        Assert.Equal([(1, 31)], await RolesAsync(farm, owner, project));
        await farm.RoleAsync(owner, project, "other", 5);
        Assert.Equal([(1, 31), (2, 5)], await RolesAsync(farm, owner, project));
        await farm.RoleAsync(owner, project, "other", 32 + 2);
        Assert.Equal([(1, 31), (2, 2)], await RolesAsync(farm, owner, project));
        await farm.RoleAsync(owner, project, "other", 0);
        Assert.Equal([(1, 31)], await RolesAsync(farm, owner, project));
    }

    [Fact]
    public async Task Managers_can_grant_only_their_own_roles_but_revoke_any()
    {
        await using var farm = await TestFarm.StartAsync();
        var owner = await farm.PersonAsync("owner");
        var access = await farm.PersonAsync("access");
        await farm.PersonAsync("other");
        var project = await farm.ProjectAsync(owner, "shot");
        await farm.RoleAsync(owner, project, "access", 5);
        await farm.RoleAsync(owner, project, "other", 8);

        (await SetAsync(farm, access, project, 3, 16)).Refused(403);
        (await SetAsync(farm, access, project, 2, 31)).Refused(403);
        (await SetAsync(farm, access, project, 3, 8 + 1)).Good();
        (await SetAsync(farm, access, project, 1, 0)).Good();
        (await SetAsync(farm, access, project, 99, 1)).Refused(400);
        (await farm.CallAsync("POST", $"/manager/set_role_for_project/{project}", "nonsense", access)).Refused(400);
        (await farm.CallAsync("POST", "/manager/set_role_for_project/0", "{}", access)).Refused(400);
    }

    [Fact]
    public async Task An_unknown_project_has_no_managers()
    {
        await using var farm = await TestFarm.StartAsync();
        var owner = await farm.PersonAsync("owner");
        Assert.Empty(await RolesAsync(farm, owner, 2147483648));
        (await farm.CallAsync("GET", "/manager/list_for_project/-1", by: owner)).Refused(400);
    }

    private static Task<TrackerAnswer> SetAsync(TestFarm farm, TrackerCaller by, long project, long manager, int role) =>
        farm.CallAsync("POST", $"/manager/set_role_for_project/{project}", $$"""{"manager":{{manager}},"role":{{role}}}""", by);

    private static async Task<IEnumerable<(long, int)>> RolesAsync(TestFarm farm, TrackerCaller by, long project) =>
        (await farm.CallAsync("GET", $"/manager/list_for_project/{project}", by: by)).Good().Content["managers"]!.AsArray()
            .Select(entry => ((long)entry!["manager"]!["id"]!, (int)entry["role"]!));

    private static TrackerCaller Session(TrackerAnswer answer) =>
        new(answer.Good().Response.Headers.GetValues("Set-Cookie").Single().Split('=', ';')[1]);

    private static Dictionary<string, ContractSettings> Only(TrackerSettings settings) =>
        new() { ["task_tracker"] = new ContractSettings { Own = settings } };
}
