using System.Net;
using System.Net.Http.Json;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;
using Farm.Tests.Contracts.Aspire;
using Farm.Tests.Contracts.TaskTracker;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Access;

/// <summary>A worker that a stranger registers gets no tasks, in any protocol, until an operator approves it.</summary>
public sealed class WorkerApprovalTests
{
    private const string Elsewhere = "192.168.1.7";
    private const string Secret = "0123456789abcdef";

    [Theory]
    [InlineData(AccessMode.Submit)]
    [InlineData(AccessMode.Closed)]
    internal async Task A_worker_of_another_machine_waits_until_it_is_approved(AccessMode access)
    {
        await using var farm = await LanClient.StartFarmAsync(access);
        await farm.SubmitEchoAsync();
        var worker = await RegisterAsync(farm);
        using var signedOn = await worker.SignOnAsync();
        Assert.Equal("waiting", signedOn.Headers.GetValues("X-Farm-Approval").Single());
        await worker.BecomeAsync("awake");
        using (var nothing = await worker.ScheduleAsync()) Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);

        using var visitor = new HttpRequestMessage(HttpMethod.Post, $"/api/farm/v1/workers/{worker.Id}/approve");
        visitor.Headers.Add("X-Forwarded-For", Elsewhere);
        using var refused = await farm.Client.SendAsync(visitor);
        Assert.True((int)refused.StatusCode is 401 or 403, $"{refused.StatusCode}");
        using (var nothing = await worker.ScheduleAsync()) Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);

        using var approved = await farm.Client.PostAsync($"/api/farm/v1/workers/{worker.Id}/approve", null);
        Assert.Equal(HttpStatusCode.NoContent, approved.StatusCode);
        await worker.TakeAndCompleteAsync();
    }

    [Fact]
    public async Task With_a_code_a_worker_gets_tasks_at_once_also_if_it_registered_before_without()
    {
        await using var farm = await LanClient.StartFarmAsync(AccessMode.Submit);
        await farm.SubmitEchoAsync();
        var code = (await farm.Service<Tokens>().MakeAsync(Caller.Farm, "new nodes", Role.Worker, null, null)).Secret;
        var late = await RegisterAsync(farm);
        var early = await RegisterAsync(farm, code);
        await early.SignOnAsync();
        await early.BecomeAsync("awake");
        await early.TakeAndCompleteAsync();

        await farm.SubmitEchoAsync();
        late.Client.DefaultRequestHeaders.Add("X-Api-Key", code);
        using var signedOn = await late.SignOnAsync();
        Assert.False(signedOn.Headers.Contains("X-Farm-Approval"));
        await late.BecomeAsync("awake");
        await late.TakeAndCompleteAsync();
    }

    [Fact]
    public async Task Where_visitors_control_the_farm_and_on_its_own_machine_workers_join_freely()
    {
        await using var farm = await LanClient.StartFarmAsync(AccessMode.Open);
        var worker = await RegisterAsync(farm);
        using var signedOn = await worker.SignOnAsync();
        Assert.False(signedOn.Headers.Contains("X-Farm-Approval"));

        await using var submit = await LanClient.StartFarmAsync(AccessMode.Submit);
        using var own = await (await submit.RegisterAsync()).SignOnAsync();
        Assert.False(own.Headers.Contains("X-Farm-Approval"));
    }

    [Fact]
    public async Task A_worker_of_task_tracker_gets_no_recipes_before()
    {
        await using var farm = await LanClient.StartFarmAsync(AccessMode.Submit);
        var (project, own, _) = await farm.PublicProjectAsync();
        (await farm.CallAsync("POST", "/task/submit", $$"""{"project":{{project}},"recipe":"1"}""", own)).Good();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/worker/create") { Content = JsonContent.Create(new { alias = "stranger" }) };
        request.Headers.Add("X-Forwarded-For", Elsewhere);
        using var created = await farm.Client.SendAsync(request);
        var made = (await TestFarm.JsonAsync(created))["content"]!["worker"]!;
        Assert.Equal("stranger", await TakeAsync());
        Assert.Equal("", await TakeAsync(approve: true));

        async Task<string> TakeAsync(bool approve = false)
        {
            var worker = farm.Service<FarmStore>().Read(db => WorkerTable.ById(db, (long)made["id"]!))!;
            if (approve) await farm.Service<WorkerApproval>().ApproveAsync(Caller.Farm, worker.Uuid);
            using var take = new HttpRequestMessage(HttpMethod.Get, $"/task/get/{project}");
            take.Headers.Add("X-Worker-ID", $"{made["id"]}");
            take.Headers.Add("X-Secret", $"{made["secret"]}");
            using var answer = await farm.Client.SendAsync(take);
            return (await TestFarm.JsonAsync(answer))["ok"]!.GetValue<bool>() ? "" : worker.Name;
        }
    }

    [Fact]
    public async Task A_crawler_of_Aspire_gets_no_batches_before()
    {
        await using var farm = await LanClient.StartFarmAsync(AccessMode.Submit);
        await farm.FilledAsync(10);
        Assert.DoesNotContain("\"entry\"", await FetchAsync());
        var worker = farm.Service<FarmStore>().Read(db => WorkerTable.ByName(db, "crawler")).Single();
        await farm.Service<WorkerApproval>().ApproveAsync(Caller.Farm, worker.Uuid);
        Assert.Contains("\"entry\"", await FetchAsync());

        async Task<string> FetchAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/aspire_api/manager/batch?worker=crawler");
            request.Headers.Add("X-Forwarded-For", Elsewhere);
            using var answer = await farm.Client.SendAsync(request);
            return await answer.Content.ReadAsStringAsync();
        }
    }

    [Fact]
    public async Task Strangers_cannot_fill_the_list_of_workers()
    {
        await using var farm = await LanClient.StartFarmAsync(AccessMode.Submit);
        await farm.Service<FarmStore>().WriteAsync(tx =>
        {
            for (var number = 0; number < 1000; number++)
            {
                WorkerTable.Insert(
                    tx.Db, new(Guid.NewGuid(), $"stranger {number}", "-", "linux", Elsewhere, ["misc"], "flamenco", IsApproved: false), tx.Now);
            }
        });
        using var answer = await SendRegistrationAsync(farm, null);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Contains("wait to be approved", await answer.Content.ReadAsStringAsync());
        using var crawler = new HttpRequestMessage(HttpMethod.Get, "/aspire_api/manager/batch?worker=crawler");
        crawler.Headers.Add("X-Forwarded-For", Elsewhere);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await farm.Client.SendAsync(crawler)).StatusCode);
        await farm.RegisterAsync();
    }

    private static async Task<TestWorker> RegisterAsync(TestFarm farm, string? code = null)
    {
        using var answer = await SendRegistrationAsync(farm, code);
        var worker = new TestWorker(farm.Client.BaseAddress!, (string)(await TestFarm.JsonAsync(answer))["uuid"]!, Secret, "node", ["misc"]);
        worker.Client.DefaultRequestHeaders.Add("X-Forwarded-For", Elsewhere);
        return worker;
    }

    private static async Task<HttpResponseMessage> SendRegistrationAsync(TestFarm farm, string? code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v3/worker/register-worker")
        {
            Content = JsonContent.Create(new { name = "node", secret = Secret, platform = "linux", supported_task_types = (string[])["misc"] }),
        };
        request.Headers.Add("X-Forwarded-For", Elsewhere);
        if (code is not null) request.Headers.Add("X-Api-Key", code);
        return await farm.Client.SendAsync(request);
    }
}
