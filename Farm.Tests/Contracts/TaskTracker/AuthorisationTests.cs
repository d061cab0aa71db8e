using Farm.Tests.Support;

namespace Farm.Tests.Contracts.TaskTracker;

/// <summary>Who may do what: each route about projects and people, called by everybody (Contracts/TaskTracker/Contract.md sections 2 and 4).</summary>
public sealed class AuthorisationTests(SharedFarm shared) : IClassFixture<SharedFarm>
{
    /// <summary>
    /// What is answered to nobody, a worker with access, a manager without a role, one with the role (1, 2, 4, 8, 16; 0 where none is asked for),
    /// and an administrator. P is a hidden project.
    /// </summary>
    public static TheoryData<string, string, string, int, int[]> Routes => new()
    {
        { "GET", "/", "", 0, [200, 200, 200, 200, 200] },
        { "GET", "/project/get/P", "", 1, [403, 403, 403, 200, 200] },
        { "GET", "/project/list", "", 1, [200, 200, 200, 200, 200] },
        { "POST", "/project/create", """{"name":"new"}""", 0, [400, 400, 200, 200, 200] },
        { "POST", "/project/create", """{"name":"new","public":true}""", 0, [400, 400, 400, 400, 200] },
        { "POST", "/project/update/P", """{"name":"new","hidden":true}""", 2, [403, 403, 403, 200, 200] },
        { "POST", "/project/update/P", """{"name":"new","public":true}""", 2, [403, 403, 403, 403, 200] },
        { "POST", "/project/request_access", """{"project":Q,"assign":true}""", 0, [401, 200, 401, 401, 401] },
        { "GET", "/project/access_list/P", "", 4, [403, 403, 403, 200, 200] },
        { "POST", "/project/accept_request/P/W", "", 4, [403, 403, 403, 200, 200] },
        { "POST", "/project/reject_request/P/W", "", 4, [403, 403, 403, 200, 200] },
        { "GET", "/project/secret/P", "", 8, [403, 200, 403, 200, 200] },
        { "POST", "/project/secret/P", """{"secret":"s"}""", 8, [403, 403, 403, 200, 200] },
        { "GET", "/project/webhook_secret/P", "", 8, [403, 403, 403, 200, 200] },
        { "POST", "/project/webhook_secret/P", """{"webhook_secret":"s"}""", 8, [403, 403, 403, 200, 200] },
        { "GET", "/project/assignees/P", "", 1, [403, 403, 403, 200, 200] },
        { "GET", "/project/monitoring/P?count=1", "", 1, [403, 403, 403, 200, 200] },
        { "GET", "/project/monitoring-between/P?from=1&to=2", "", 1, [403, 403, 403, 200, 200] },
        { "POST", "/project/reset_failed_tasks/P", "", 16, [403, 403, 403, 200, 200] },
        { "POST", "/project/hard_reset/P", "", 16, [403, 403, 403, 200, 200] },
        { "POST", "/project/reclaim_assigned_tasks/P", "", 16, [403, 403, 403, 200, 200] },
        { "POST", "/log/trace", """{"scope":"a","message":"b","timestamp":1}""", 0, [400, 200, 400, 400, 400] },
        { "POST", "/log/info", """{"scope":"a","message":"b","timestamp":1}""", 0, [400, 200, 400, 400, 400] },
        { "POST", "/log/warn", """{"scope":"a","message":"b","timestamp":1}""", 0, [400, 200, 400, 400, 400] },
        { "POST", "/log/error", """{"scope":"a","message":"b","timestamp":1}""", 0, [400, 200, 400, 400, 400] },
        { "POST", "/logs", """{"level":5,"since":1}""", 0, [200, 200, 200, 200, 200] },
        { "GET", "/account", "", 0, [200, 200, 200, 200, 200] },
        { "GET", "/logout", "", 0, [204, 204, 204, 204, 204] },
        { "GET", "/manager/list", "", 0, [401, 401, 200, 200, 200] },
        { "GET", "/manager/list_for_project/P", "", 0, [401, 401, 200, 200, 200] },
        { "GET", "/manager/promote/M", "", 0, [401, 401, 401, 401, 204] },
        { "POST", "/manager/promote/M", "", 0, [401, 401, 401, 401, 204] },
        { "GET", "/manager/demote/M", "", 0, [401, 401, 403, 403, 204] },
        { "POST", "/manager/demote/M", "", 0, [401, 401, 403, 403, 204] },
        { "POST", "/manager/set_role_for_project/P", """{"manager":M,"role":0}""", 4, [403, 403, 403, 200, 200] },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Each_route_admits_the_right_callers(string method, string path, string body, int role, int[] expected)
    {
        for (var who = 0; who < expected.Length; who++)
        {
            var farm = shared.Farm;
            var (authentication, places) = await EverybodyAsync(farm, role);
            var answer = await farm.CallAsync(method, Filled(path, places), body.Length > 0 ? Filled(body, places) : null, authentication[who]);
            Assert.True(answer.Status == expected[who], $"{method} {path} by {who}: {answer.Status} instead of {expected[who]}, {answer.Text}");
            if (answer.Status >= 400) answer.Refused(expected[who]);
        }
    }

    [Fact]
    public async Task Another_role_does_not_grant_access()
    {
        var farm = shared.Farm;
        foreach (var row in Routes.Where(row => (int)row[3] > 0 && (string)row[1] != "/project/list"))
        {
            var (authentication, places) = await EverybodyAsync(farm, 31 - (int)row[3]);
            var answer = await farm.CallAsync((string)row[0], Filled((string)row[1], places), Filled((string)row[2], places), authentication[3]);
            Assert.True(answer.Status == 403, $"{row[0]} {row[1]}: {answer.Status}");
        }
    }

    private static string Filled(string text, Dictionary<char, long> places) => places.Aggregate(
        text.Replace("\"new\"", $"\"{Guid.NewGuid()}\""), (filled, place) => filled.Replace($"/{place.Key}", $"/{place.Value}").Replace($":{place.Key},", $":{place.Value},"));

    private static async Task<(TrackerCaller[] Callers, Dictionary<char, long> Places)> EverybodyAsync(TestFarm farm, int role)
    {
        var mark = Guid.NewGuid().ToString("N")[..6];
        var owner = await farm.PersonAsync($"owner {mark}");
        var administrator = await farm.PersonAsync($"admin {mark}", administrator: true);
        var project = await farm.ProjectAsync(owner, $"hidden {mark}", "\"hidden\":true");
        var other = await farm.ProjectAsync(owner, $"other {mark}");
        var worker = await farm.TrackerWorkerAsync($"node {mark}");
        await farm.GrantAsync(owner, project, worker, "\"assign\":true,\"submit\":true");
        var without = await farm.PersonAsync($"without {mark}");
        var with = await farm.PersonAsync($"with {mark}");
        if (role > 0) await farm.RoleAsync(owner, project, $"with {mark}", role);
        return (
            [TrackerCaller.Nobody, worker, without, with, administrator],
            new() { ['P'] = project, ['Q'] = other, ['W'] = worker.Worker!.Value.Id, ['M'] = farm.Account($"owner {mark}").Id });
    }
}
