using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.FlowServ;

/// <summary>The JSON shapes of Contracts/FlowServ/Contract.md, field by field.</summary>
public sealed class ShapeTests : FlowServTest
{
    [Fact]
    public async Task The_descriptor()
    {
        var text = (await Farm.SayAsync("GET", "", Alice)).Text;
        Snapshot.Verify(text.Replace(Farm.Farm.Client.BaseAddress!.Authority, "host:port"));
    }

    [Fact]
    public async Task A_pending_run() => Snapshot.Verify((await Farm.SayAsync("GET", $"runs/{await StartedAsync()}", Alice)).Text);

    [Fact]
    public async Task A_run_that_was_just_started_with_an_upload()
    {
        var upload = await Farm.UploadAsync(GroupId, Alice);
        Snapshot.Verify((await Farm.SayAsync(
            "POST", $"groups/{GroupId}/runs", Alice, $$"""{"arguments":[{{Projects.FileArgument("names", upload)}},{{Hey}}]}""")).Text);
    }

    [Fact]
    public async Task A_running_run()
    {
        var run = await StartedAsync();
        await (await Farm.WorkerAsync()).TakeAsync();
        Snapshot.Verify((await Farm.SayAsync("GET", $"runs/{run}", Alice)).Text);
    }

    [Fact]
    public async Task A_successful_run() => Snapshot.Verify((await Farm.SayAsync("GET", $"runs/{await SucceededAsync()}", Alice)).Text);

    [Fact]
    public async Task A_failed_run()
    {
        var run = await StartedAsync();
        var worker = await Farm.WorkerAsync();
        await worker.FailRunAsync(await worker.TakeAsync(), "Traceback");
        Snapshot.Verify((await Farm.SayAsync("GET", $"runs/{run}", Alice)).Text);
    }

    [Fact]
    public async Task A_canceled_run() => Snapshot.Verify((await Farm.SayAsync("PUT", $"runs/{await StartedAsync()}", Alice, "{}")).Text);

    [Fact]
    public async Task A_list_of_runs()
    {
        await StartedAsync();
        Snapshot.Verify((await Farm.SayAsync("GET", $"groups/{GroupId}/runs?state=None", Alice)).Text);
    }

    [Fact]
    public async Task A_list_of_workflows() => Snapshot.Verify((await Farm.SayAsync("GET", "workflows")).Text);

    [Fact]
    public async Task A_workflow_for_a_member() => Snapshot.Verify((await Farm.SayAsync("GET", $"workflows/{Workflow}", Alice)).Text);

    [Fact]
    public async Task A_leaderboard()
    {
        await SucceededAsync(path => path.EndsWith("json", StringComparison.Ordinal) ? """{"score": 2, "counts": {"lines": 5}}""" : "");
        Snapshot.Verify((await Farm.SayAsync("GET", $"workflows/{Workflow}/leaderboard?orderBy=&includeAll=False")).Text);
    }

    [Fact]
    public async Task A_new_group() =>
        Snapshot.Verify((await Farm.SayAsync("POST", $"workflows/{Workflow}/groups", Alice, """{"name":"new","config":{"x":1}}""")).Text);

    [Fact]
    public async Task A_group_with_runs_and_uploads()
    {
        await Farm.UploadAsync(GroupId, Alice);
        await StartedAsync();
        Snapshot.Verify((await Farm.SayAsync("GET", $"groups/{GroupId}", Alice)).Text);
    }

    [Fact]
    public async Task A_list_of_groups() => Snapshot.Verify((await Farm.SayAsync("GET", "groups", Alice)).Text);

    [Fact]
    public async Task An_upload() => Snapshot.Verify((await Farm.SendFormAsync($"uploads/{GroupId}/files", Alice, "files", "a.txt", [1])).Text);

    [Fact]
    public async Task A_list_of_uploads()
    {
        await Farm.UploadAsync(GroupId, Alice);
        Snapshot.Verify((await Farm.SayAsync("GET", $"uploads/{GroupId}/files", Alice)).Text);
    }

    [Fact]
    public async Task Users() => Snapshot.Verify((await Farm.SayAsync("GET", "users", Alice)).Text);

    [Fact]
    public async Task The_current_user() => Snapshot.Verify((await Farm.SayAsync("GET", "users/whoami", Alice)).Text);

    [Fact]
    public async Task A_new_user() =>
        Snapshot.Verify((await Farm.SayAsync("POST", "users/register", null, """{"username":"ada","password":"correct horse","verify":false}""")).Text);

    [Fact]
    public async Task A_password_reset_request()
    {
        var (id, token) = await Farm.PersonAsync("lead");
        var accounts = Farm.Farm.Service<FarmAccounts>();
        await accounts.SetRoleAsync(Caller.Farm, accounts.Find(Guid.Parse(id))!.Id, Role.Administrator);
        Snapshot.Verify((await Farm.SayAsync("POST", "users/password/request", token, """{"username":"alice"}""")).Text);
    }

    [Fact]
    public async Task A_refusal() => Snapshot.Verify((await Farm.SayAsync("GET", "runs/nope", Alice)).Text);
}
