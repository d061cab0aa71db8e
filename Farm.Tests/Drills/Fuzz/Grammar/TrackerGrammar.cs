namespace Farm.Tests.Drills.Fuzz.Grammar;

/// <summary>Valid requests of the task_tracker protocol.</summary>
internal sealed class TrackerGrammar : ProtocolGrammar
{
    private const string Task = """{"project":$project$,"recipe":"frame 18","max_retries":3,"priority":1,"max_assign_time":60,"hash64":7,"unique_string":"","verification_count":1}""";
    private const string Project = """
        {"name":"fuzzed","clone_url":"http://x/y.git","git_repo":"studio/shot","version":"1","priority":1,"motd":"hello","public":true,"hidden":false,"chain":0,"assign_rate":0,"submit_rate":10.5,"paused":false}
        """;
    private const string Credentials = """{"username":"$person$","password":"$password$"}""";
    private const string Worker = Callers.TrackerWorker;
    private const string Person = Callers.Person;

    private static readonly string[] Reads =
    [
        "/project/get/$project$", "/project/list", "/project/access_list/$project$", "/project/secret/$project$", "/project/webhook_secret/$project$", "/project/assignees/$project$",
        "/project/monitoring/$project$?count=10", "/project/monitoring-between/$project$?from=1&to=2000000000", "/worker/get/$trackerWorker$", "/worker/stats", "/account",
        "/manager/list", "/manager/list_for_project/$project$", "/manager/promote/$personId$", "/manager/demote/1",
    ];

    public override string Protocol => "task_tracker";

    public override IReadOnlyList<Sample> Samples { get; } =
    [
        .. Reads.SelectMany(path => (Sample[])[Sample.Of("GET", path, Person), Sample.Of("GET", "/api" + path, Person)]),
        Sample.Json("POST", "/worker/create", """{"alias":"fuzzed"}"""),
        Sample.Json("POST", "/worker/update", """{"alias":"renamed"}""", Worker),
        Sample.Json("POST", "/worker/set_paused", """{"worker":$trackerWorker$,"paused":false}""", Person),
        Sample.Json("POST", "/task/submit", Task, Worker),
        Sample.Json("POST", "/api/task/submit", Task, Worker),
        Sample.Json("POST", "/task/bulk_submit", $$"""{"requests":[{{Task}},{{Task}}]}""", Worker),
        Sample.Of("GET", "/task/get/$project$", Worker),
        Sample.Json("POST", "/task/release", """{"task_id":$recipe$,"result":0,"verification":12}""", Worker),
        .. ((string[])["trace", "info", "warn", "error"]).Select(level => Sample.Json("POST", $"/log/{level}", """{"scope":"x","message":"hello","timestamp":1700000000}""", Worker)),
        Sample.Json("POST", "/logs", """{"level":4,"since":1700000000}"""),
        Sample.Json("POST", "/project/create", Project, Person),
        Sample.Json("POST", "/project/update/$project$", Project, Person),
        Sample.Json("POST", "/project/request_access", """{"project":$project$,"assign":true,"submit":true}""", Worker),
        Sample.Json("POST", "/project/accept_request/$project$/$trackerWorker$", "{}", Person),
        Sample.Json("POST", "/project/reject_request/$project$/1", "{}", Person),
        Sample.Json("POST", "/project/secret/$project$", """{"secret":"{}"}""", Person),
        Sample.Json("POST", "/project/webhook_secret/$project$", """{"webhook_secret":"key"}""", Person),
        Sample.Json("POST", "/project/reset_failed_tasks/$project$", "{}", Person),
        Sample.Json("POST", "/project/hard_reset/$project$", "{}", Person),
        Sample.Json("POST", "/project/reclaim_assigned_tasks/$project$", "{}", Person),
        Sample.Json("POST", "/register", """{"username":"somebody","password":"correct horse"}""").Costly(),
        Sample.Json("POST", "/login", Credentials).Costly(),
        Sample.Of("POST", "/logout"),
        Sample.Json("POST", "/manager/set_role_for_project/$project$", """{"manager":$personId$,"role":31}""", Person),
        Sample.Json("POST", "/git/receivehook", """{"ref":"refs/heads/master","after":"2b","repository":{"full_name":"studio/shot"}}"""),
    ];

    public override async Task PrepareAsync(FuzzTarget farm, Things things, int round)
    {
        things["project"] = (string)(await farm.CallAsync("POST", "/project/create", $$"""{"name":"project{{round}}","public":true}""", things.Credentials[Person], 200))!["content"]!["id"]!.ToJsonString();
        var worker = (await farm.CallAsync("POST", "/worker/create", """{"alias":"fuzzed"}""", [], 200))!["content"]!["worker"]!;
        things["trackerWorker"] = worker["id"]!.ToJsonString();
        things.Credentials[Worker] = [$"X-Worker-ID: {things["trackerWorker"]}", $"X-Secret: {(string)worker["secret"]!}"];
        await farm.CallAsync("POST", "/project/request_access", $$"""{"project":{{things["project"]}},"assign":true,"submit":true}""", things.Credentials[Worker], 200);
        await farm.CallAsync("POST", $"/project/accept_request/{things["project"]}/{things["trackerWorker"]}", "{}", things.Credentials[Person], 200);
        foreach (var recipe in (string[])["a", "b", "c"])
            await farm.CallAsync("POST", "/task/submit", $$"""{"project":{{things["project"]}},"recipe":"{{recipe}}"}""", things.Credentials[Worker], 200);
        things["recipe"] = (await farm.CallAsync("GET", $"/task/get/{things["project"]}", null, things.Credentials[Worker], 200))!["content"]!["task"]!["id"]!.ToJsonString();
    }
}
