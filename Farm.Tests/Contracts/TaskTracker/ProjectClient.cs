using System.Text;
using System.Text.Json.Nodes;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Accounts;
using Farm.Server.Store.Tables.Jobs;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.TaskTracker;

/// <summary>Who calls: a manager with a session, a worker with its headers, or nobody.</summary>
/// <param name="Session">The value of the session cookie.</param>
/// <param name="Worker">The id and the secret of a worker.</param>
internal sealed record TrackerCaller(string? Session = null, (long Id, string Secret)? Worker = null)
{
    public static TrackerCaller Nobody { get; } = new();
}

/// <summary>An answer in the protocol's envelope.</summary>
internal sealed record TrackerAnswer(int Status, string Text, HttpResponseMessage Response)
{
    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();

    public bool Ok => (bool)Json["ok"]!;

    public string? Message => (string?)Json["message"];

    public JsonObject Content => Json["content"]!.AsObject();

    /// <summary>It must be a success.</summary>
    public TrackerAnswer Good()
    {
        Assert.True(Status == 200 && Ok, $"{Status} {Text}");
        return this;
    }

    /// <summary>It must be a refusal: a message, no content.</summary>
    public TrackerAnswer Refused(int status)
    {
        Assert.True(Status == status, $"{Status} {Text}");
        Assert.False(Ok);
        Assert.False(string.IsNullOrEmpty(Message));
        Assert.Null(Json["content"]);
        Assert.Equal("application/json", Response.Content.Headers.ContentType!.ToString());
        return this;
    }
}

/// <summary>What tests say to a farm about projects and people.</summary>
internal static class ProjectClient
{
    /// <summary>A session of a new person; the first of a farm is made an administrator only when asked for.</summary>
    public static async Task<TrackerCaller> PersonAsync(this TestFarm farm, string name, bool administrator = false)
    {
        var id = await farm.Service<FarmStore>().WriteAsync(tx =>
            AccountTable.Insert(tx.Db, Guid.CreateVersion7(), name, "-", isActive: true, administrator ? Role.Administrator : Role.Artist, tx.Now));
        return new TrackerCaller((await farm.Service<Sessions>().OpenAsync(id, TimeSpan.FromHours(8))).Token);
    }

    /// <summary>The account of a person.</summary>
    public static Account Account(this TestFarm farm, string name) => farm.Service<FarmAccounts>().Find(name)!;

    /// <summary>A new worker.</summary>
    public static async Task<TrackerCaller> TrackerWorkerAsync(this TestFarm farm, string alias)
    {
        var (worker, secret) = await farm.Service<TrackerWorkers>().CreateAsync(Caller.Farm, alias, "127.0.0.1");
        return new TrackerCaller(Worker: (worker.Id, secret));
    }

    /// <summary>A project that a manager makes.</summary>
    /// <param name="more">More fields, such as <c>"public":true</c>.</param>
    public static async Task<long> ProjectAsync(this TestFarm farm, TrackerCaller by, string name, string more = "")
    {
        var answer = await farm.CallAsync("POST", "/project/create", $$"""{"name":"{{name}}"{{(more.Length > 0 ? "," : "")}}{{more}}}""", by);
        return (long)answer.Good().Content["id"]!;
    }

    /// <summary>Adds tasks to a project.</summary>
    public static Task AddTasksAsync(this TestFarm farm, long project, int count) => farm.Service<FarmStore>().WriteAsync(tx =>
    {
        var tasks = new OpenJobTasks(tx, JobTable.ById(tx.Db, project)!);
        for (var i = 0; i < count; i++) tasks.Add(Guid.CreateVersion7(), "recipe", 0, $"task {i}", "[]");
        tasks.Finish();
    });

    /// <summary>Grants a worker what it wants in a project.</summary>
    public static async Task GrantAsync(this TestFarm farm, TrackerCaller by, long project, TrackerCaller worker, string wants)
    {
        (await farm.CallAsync("POST", "/project/request_access", $$"""{"project":{{project}},{{wants}}}""", worker)).Good();
        (await farm.CallAsync("POST", $"/project/accept_request/{project}/{worker.Worker!.Value.Id}", null, by)).Good();
    }

    /// <summary>Gives a manager roles in a project.</summary>
    public static async Task RoleAsync(this TestFarm farm, TrackerCaller by, long project, string manager, int role) => (await farm.CallAsync(
        "POST", $"/manager/set_role_for_project/{project}", $$"""{"manager":{{farm.Account(manager).Id}},"role":{{role}}}""", by)).Good();

    /// <summary>Writes down what each project has, as the clock would.</summary>
    public static Task SnapshotAsync(this TestFarm farm) => farm.Service<ProjectSnapshots>().TakeAsync();

    /// <summary>Sends a request, as a form as curl does.</summary>
    public static async Task<TrackerAnswer> CallAsync(
        this TestFarm farm, string method, string path, string? body = null, TrackerCaller? by = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded");
        }

        if (by?.Session is { } session) request.Headers.Add("Cookie", $"tt={session}");
        if (by?.Worker is { } worker)
        {
            request.Headers.Add("X-Worker-ID", $"{worker.Id}");
            request.Headers.Add("X-Secret", worker.Secret);
        }

        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        var answer = await farm.Client.SendAsync(request);
        return new TrackerAnswer((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer);
    }
}
