using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.FlowServ.Domain;
using Farm.Server.Contracts.FlowServ.Operations;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Audit;
using Farm.Server.Operations.Accounts;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Backups;
using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;
using Farm.Server.Store.Views.Audit;
using Farm.Tests.Contracts.Aspire;
using Farm.Tests.Contracts.FlowServ;
using Farm.Tests.Contracts.TaskTracker;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Audit;

/// <summary>Does everything that the audit has a verb for, through the protocol that has it, and looks whether it is there.</summary>
public sealed class EveryVerbTests : FlowServTest
{
    /// <summary>No person does these: the flood of refusals has tests of its own.</summary>
    private static readonly string[] Elsewhere = [AuditVerb.ManyRefusals];

    private TestFarm Server => Farm.Farm;

    [SqliteFact]
    public async Task Every_verb_is_written_with_who_from_where_and_through_what_and_no_secret()
    {
        await SetUpAsync();
        await SteerJobsAsync();
        await SteerTasksAsync();
        await SteerWorkersAsync();
        await ManagePeopleAsync();
        await ManageProjectsAsync();
        await RunWorkflowsAsync();
        await FillSeedsAsync();
        await AdministerAsync();

        var entries = Server.Service<FarmStore>().Read(db => AuditView.Page(db, new AuditFilter { Limit = 1000 }));
        Assert.Equal(Verbs().Except(Elsewhere).Order(), entries.Select(entry => entry.Verb).Distinct().Order());
        foreach (var entry in entries)
        {
            var texts = (string?[])[entry.Who, entry.Target.Name, entry.Before, entry.After, entry.Refusal];
            Assert.DoesNotContain(texts, text => text is not null && Secrets().Any(secret => text.Contains(secret, StringComparison.Ordinal)));
            Assert.True(entry.Via.Length > 0 && (entry.Address.Length > 0 || entry.Via == Way.Farm.Name), $"{entry.Verb}: via \"{entry.Via}\" from \"{entry.Address}\"");
            Assert.Equal(1, entry.Times);
        }

        AssertHas(entries, "job.priority", "flamenco", "50", "60");
        AssertHas(entries, "job.pause", "flamenco", "queued, 3 tasks", "paused");
        AssertHas(entries, "job.cancel", "page", "paused, 3 tasks", "canceled");
        AssertHas(entries, "task.pend", "deadline", null, "1 task pended");
        AssertHas(entries, "task.status", "flamenco", "canceled", "queued");
        AssertHas(entries, "worker.status", "flamenco", "awake", "asleep after its task");
        AssertHas(entries, "worker.tags", "flamenco", "", "gpu");
        AssertHas(entries, "worker.register", "worker", null, "flamenco");
        AssertHas(entries, "tag.change", "flamenco", "gpu", "fast: quick");
        AssertHas(entries, "account.role", "farm", "artist", "operator");
        AssertHas(entries, "account.invite", "farm", null, "artist, invited");
        AssertHas(entries, "account.register", "task_tracker", null, "artist, waits for activation");
        AssertHas(entries, "project.roles", "task_tracker", "lead: All", "lead: Read");
        AssertHas(entries, "project.change", "task_tracker", "priority 0, message ", "priority 7, message new");
        AssertHas(entries, "project.reset", "task_tracker", null, "4 tasks");
        AssertHas(entries, "group.change", "flowserv", "testers: alice", "tests: bob");
        AssertHas(entries, "workflow.remove", "farm", "1 group", null);
        AssertHas(entries, "seed.push", "aspire", null, "3 entries");
        AssertHas(entries, "settings.change", "flamenco", "manager_name: Castle", "manager_name: Keep");
    }

    private static IEnumerable<string> Verbs() => ((Type[])[typeof(AuditVerb), typeof(ProjectVerb), typeof(WorkflowVerb), typeof(SeedVerb)])
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(field => (string)field.GetRawConstantValue()!);

    private IEnumerable<string> Secrets() =>
    [
        "correct horse", "battery staple", "staple of", "hunter2", Alice, Bob, File.ReadAllText(Path.Combine(Server.Data, "farm", "administrator.token")).Trim(),
    ];

    private static void AssertHas(List<AuditEntry> entries, string verb, string via, string? before, string? after) => Assert.True(
        entries.Exists(entry => entry.Refusal is null && (entry.Verb, entry.Via, entry.Before, entry.After) == (verb, via, before, after)),
        $"no {verb} via {via} from {before} to {after}, but\n{string.Join('\n', entries.Where(entry => entry.Verb == verb))}");

    private async Task SetUpAsync()
    {
        var code = (await File.ReadAllTextAsync(Path.Combine(Server.Data, "farm", "setup.code"))).Trim();
        await Server.Service<FarmAccounts>().SetUpAsync(Caller.Farm, code, "boss", "correct horse");
    }

    private async Task SteerJobsAsync()
    {
        var job = await Server.SubmitEchoAsync(sleeps: 2);
        var id = Guid.Parse((string)job["id"]!);
        await OkAsync(HttpMethod.Post, $"/api/v3/jobs/{id}/setpriority", new { priority = 60 });
        await OkAsync(HttpMethod.Post, $"/api/v3/jobs/{id}/settag", new { });
        await OkAsync(HttpMethod.Post, $"/api/v3/jobs/{id}/setstatus", new { status = "paused", reason = "test" });
        await Server.Actions().ResumeJobAsync(id, default);
        await OkAsync(HttpMethod.Post, $"/api/v3/jobs/{id}/setstatus", new { status = "paused", reason = "test" });
        await Server.Actions().CancelJobAsync(id, default);
        await Server.Actions().RequeueJobAsync(id, default);
        await OkAsync(HttpMethod.Post, $"/api/v3/jobs/{id}/setstatus", new { status = "completed", reason = "test" });
        await Server.Service<JobBlocklist>().RemoveAsync(Caller.Farm, id, [(Guid.NewGuid(), "misc")]);
        await OkAsync(HttpMethod.Delete, $"/api/v3/jobs/{id}", null);
        await Server.Service<JobControl>().DeleteUpdatedUntilAsync(Caller.Farm, 0);
    }

    private async Task SteerTasksAsync()
    {
        var job = await Server.SubmitEchoAsync(sleeps: 2);
        foreach (var command in (string[])["pend", "releasepending", "suspend", "resume", "complete", "requeue", "fail"])
            await OkAsync(HttpMethod.Put, "/api/tasks", new { Command = command, JobID = (string)job["id"]!, TaskList = new[] { 0 } });
        var task = (string)(await Server.TasksAsync(job))[1]["id"]!;
        await Server.Actions().CancelTaskAsync(Guid.Parse(task), default);
        await OkAsync(HttpMethod.Post, $"/api/v3/tasks/{task}/setstatus", new { status = "queued", reason = "test" });
    }

    private async Task SteerWorkersAsync()
    {
        var worker = await Server.AwakeAsync("node");
        await OkAsync(HttpMethod.Post, "/api/v3/worker-mgt/tags", new { name = "gpu" });
        var tag = (string)(await Server.GetAsync("/api/v3/worker-mgt/tags"))["tags"]![0]!["id"]!;
        await OkAsync(HttpMethod.Post, $"/api/v3/worker-mgt/workers/{worker.Id}/settags", new { tag_ids = new[] { tag } });
        await OkAsync(HttpMethod.Put, $"/api/v3/worker-mgt/tag/{tag}", new { name = "fast", description = "quick" });
        await OkAsync(HttpMethod.Delete, $"/api/v3/worker-mgt/tag/{tag}", null);
        await OkAsync(HttpMethod.Post, $"/api/v3/worker-mgt/workers/{worker.Id}/setstatus", new { status = "asleep", is_lazy = true });
        await OkAsync(
            HttpMethod.Post, $"/api/v3/worker-mgt/workers/{worker.Id}/sleep-schedule", new { is_active = true, days_of_week = "mo", start_time = "09:00", end_time = "18:00" });
        await OkAsync(HttpMethod.Delete, $"/api/v3/worker-mgt/workers/{worker.Id}", null);
        Assert.Equal(403, (int)(await worker.StateAsync()).StatusCode);
    }

    private async Task ManagePeopleAsync()
    {
        var register = await Server.CallAsync("POST", "/register", """{"username":"eve","password":"correct horse"}""", TrackerCaller.Nobody);
        register.Good();
        await AddAsync("mia");
        var eve = await AccountAsync("eve");
        await AdminAsync(HttpMethod.Post, $"accounts/{eve}/activate");
        (await Server.CallAsync("POST", "/login", """{"username":"eve","password":"battery staple"}""", TrackerCaller.Nobody)).Refused(403);
        (await Server.CallAsync("POST", "/login", """{"username":"eve","password":"correct horse"}""", TrackerCaller.Nobody)).Good();
        await AdminAsync(HttpMethod.Put, $"accounts/{eve}/role", new { role = "operator" });
        await AdminAsync(HttpMethod.Put, $"accounts/{eve}/password", new { password = "staple of battery" });
        await AdminAsync(HttpMethod.Post, $"accounts/{eve}/sign-out");
        await AdminAsync(HttpMethod.Post, $"accounts/{eve}/code");
        await AdminAsync(HttpMethod.Post, "invitations", new { username = "zoe", role = "artist" });
        await AdminAsync(HttpMethod.Delete, $"accounts/{eve}");
        await Server.Service<PasswordRequests>().MakeAsync(Caller.Farm, "mia", byAdministrator: true);

        Task AddAsync(string name) => AdminAsync(HttpMethod.Post, "accounts", new { username = name, password = "correct horse" });
        async Task<string> AccountAsync(string name)
        {
            using var answer = await Server.AsAdministratorAsync(HttpMethod.Get, "/api/farm/v1/accounts");
            return (string)(await TestFarm.JsonAsync(answer))["accounts"]!.AsArray().Single(account => (string)account!["username"]! == name)!["id"]!;
        }
    }

    private async Task ManageProjectsAsync()
    {
        var (admin, lead) = (await Server.PersonAsync("chief", administrator: true), await Server.PersonAsync("lead"));
        var node = await Server.TrackerWorkerAsync("tracker");
        var project = await Server.ProjectAsync(lead, "shot");
        (await Server.CallAsync("POST", $"/project/update/{project}", """{"name":"shot","priority":7,"motd":"new"}""", lead)).Good();
        await Server.GrantAsync(lead, project, node, "\"assign\":true,\"submit\":true");
        (await Server.CallAsync("POST", $"/project/reject_request/{project}/{node.Worker!.Value.Id}", null, lead)).Good();
        (await Server.CallAsync("POST", $"/project/secret/{project}", """{"secret":"hunter2"}""", lead)).Good();
        (await Server.CallAsync("POST", $"/project/webhook_secret/{project}", """{"webhook_secret":"hunter2"}""", lead)).Good();
        (await Server.CallAsync("GET", $"/project/secret/{project}", by: lead)).Good();
        await Server.AddTasksAsync(project, 4);
        foreach (var call in (string[])["reset_failed_tasks", "reclaim_assigned_tasks", "hard_reset"])
            (await Server.CallAsync("POST", $"/project/{call}/{project}", null, lead)).Good();
        await Server.Service<ProjectControl>().SetVersionAsync(Caller.Farm, project, "2b");
        await Server.RoleAsync(admin, project, "lead", 1);
        (await Server.CallAsync("POST", "/worker/set_paused", $$"""{"worker":{{node.Worker.Value.Id}},"paused":true}""", admin)).Good();
    }

    private async Task RunWorkflowsAsync()
    {
        var upload = await Farm.UploadAsync(GroupId, Alice);
        Assert.Equal(204, (await Farm.SayAsync("DELETE", $"uploads/{GroupId}/files/{upload}", Alice)).Status);
        var run = await StartedAsync();
        await Farm.DoAsync(200, "PUT", $"runs/{run}", Alice, """{"reason":"test"}""");
        Assert.Equal(204, (await Farm.SayAsync("DELETE", $"runs/{run}", Alice)).Status);
        await Farm.DoAsync(200, "PUT", $"groups/{GroupId}", Alice, $$"""{"name":"tests","members":["{{BobId}}"]}""");
        Assert.Equal(204, (await Farm.SayAsync("DELETE", $"groups/{GroupId}", Bob)).Status);
        await Farm.GroupAsync(Workflow, Alice, "again");
        await AdminAsync(HttpMethod.Delete, $"workflows/{Workflow}?groups=true");
    }

    private async Task FillSeedsAsync()
    {
        var seed = await Server.FilledAsync(3);
        await Server.FetchAsync("render");
        await OkAsync(HttpMethod.Put, "/aspire_api/manager/release/worker/render", null);
        await OkAsync(HttpMethod.Put, $"/aspire_api/manager/release/seed/{seed}", null);
    }

    private async Task AdministerAsync()
    {
        await BackUpAsync();
        await AdminAsync(HttpMethod.Post, "tokens", new { name = "deploy", role = "worker" });
        await AdminAsync(HttpMethod.Delete, $"tokens/{Server.Service<Tokens>().All(Caller.Farm).Single().Id}");
        var stranger = Guid.NewGuid();
        await Server.Service<FarmStore>().WriteAsync(tx => WorkerTable.Insert(
            tx.Db, new NewWorker(stranger, "stranger", "-", "linux", "192.168.1.7", ["misc"], "flamenco", IsApproved: false), tx.Now));
        await AdminAsync(HttpMethod.Post, $"workers/{stranger}/approve");
        using var read = await Server.AsAdministratorAsync(HttpMethod.Get, "/api/v3/configuration/file");
        var settings = await TestFarm.JsonAsync(read);
        foreach (var name in (string[])["Castle", "Keep"])
        {
            settings["manager_name"] = name;
            using var saved = await Server.AsAdministratorAsync(HttpMethod.Put, "/api/v3/configuration/file", settings);
            Assert.Equal(204, (int)saved.StatusCode);
        }

        Assert.Equal(401, (int)(await Server.Client.PostAsync("/api/farm/v1/backup", null)).StatusCode);
        await Assert.ThrowsAsync<FarmException>(() => Server.Service<AuditReader>().ReadAsync(new Caller(Role.Artist, "192.168.1.7"), new AuditFilter { Limit = 1 }));
    }

    private async Task BackUpAsync()
    {
        await AdminAsync(HttpMethod.Post, "backup");
        var backups = Server.Service<FarmBackups>();
        var name = backups.Read(Caller.Farm).Backups[0].Name;
        await backups.VerifyAsync(new Caller(Role.Administrator, "127.0.0.1") { Way = Way.Page }, name);
        await AdminAsync(HttpMethod.Post, $"backups/{name}/restore");
        await AdminAsync(HttpMethod.Delete, "restore");
        await AdminAsync(HttpMethod.Delete, $"backups/{name}");
    }

    private async Task OkAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, options: new JsonSerializerOptions()) };
        using var answer = await Server.Client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private async Task AdminAsync(HttpMethod method, string path, object? body = null)
    {
        using var answer = await Server.AsAdministratorAsync(method, $"/api/farm/v1/{path}", body);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }
}
