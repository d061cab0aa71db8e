using System.Text.Json.Nodes;

namespace Farm.Tests.Drills.Load;

/// <summary>A worker of the task_tracker protocol. It also submits tasks.</summary>
internal sealed class TrackerWorker(LoadBalancer farm, Ledger ledger, int seed, TrackerProject project, int assignSeconds) : Client(farm, ledger, seed)
{
    private IReadOnlyList<(string, string)> _credentials = [];
    private long _id;
    private int _submitted;

    public override async Task JoinAsync()
    {
        var worker = (await SendAsync(new("POST", "/worker/create", $$"""{"alias":"tracker-{{Seed}}"}"""), 200)).Json["content"]!["worker"]!;
        _id = (long)worker["id"]!;
        _credentials = [("X-Worker-ID", $"{_id}"), ("X-Secret", (string)worker["secret"]!)];
        // The second time, the access has been asked for.
        await SendAsync(new("POST", "/project/request_access", $$"""{"project":{{project.Id}},"assign":true,"submit":true}""", _credentials), 200, 400);
        await SendAsync(new("POST", $"/project/accept_request/{project.Id}/{_id}", "{}", project.Session), 200);
    }

    public override async Task RunOnceAsync()
    {
        if (Random.Next(2) == 0 && Ledger.Wants) await SubmitAsync();
        // Without an answer the task is lost for this worker, and comes back after its max_assign_time.
        if (await TrySendAsync(new("GET", $"/task/get/{project.Id}", null, _credentials), 200) is not { } answer) return;
        if (answer.Json["content"]?["task"] is { } task) await CompleteAsync(task);
        else await PauseAsync(1000, 2500);
    }

    private async Task CompleteAsync(JsonNode task)
    {
        var (id, recipe) = ((long)task["id"]!, (string)task["recipe"]!);
        Ledger.HandOuts.Add(($"name:{recipe}", $"id:{_id}"));
        await PauseAsync(300, 1500);
        var answer = await SendAsync(new("POST", "/task/release", $$"""{"task_id":{{id}},"result":0}""", _credentials), 200);
        if ((bool?)answer.Json["content"]?["updated"] == true) Ledger.Completions.Add(($"name:{recipe}", $"id:{_id}"));
        else Ledger.Refuse($"name:{recipe}", $"id:{_id}");
    }

    private async Task SubmitAsync()
    {
        var recipe = $"recipe {Seed}-{++_submitted}";
        var answer = await TrySendAsync(
            new("POST", "/task/submit", $$"""{"project":{{project.Id}},"recipe":"{{recipe}}","max_assign_time":{{assignSeconds}},"max_retries":100}""", _credentials, Makes: [recipe]), 200);
        if (answer is null) Ledger.AddMaybe(1);
        else Ledger.AddTask($"name:{recipe}");
    }
}
