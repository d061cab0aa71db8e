using System.Text;

namespace Farm.Tests.Drills.Managers;

/// <summary>A worker of the Flamenco protocol. Runs of flowServ are tasks for it too.</summary>
internal sealed class FlamencoWorker(LoadBalancer farm, Ledger ledger, int seed) : Client(farm, ledger, seed)
{
    private const string Base = "/api/v3/worker";
    private const string Types = """["misc","workflow"]""";

    private readonly string _secret = $"secret-{seed}-0123456789abcdef";
    private IReadOnlyList<(string, string)> _credentials = [];
    private string _id = "";

    public override async Task JoinAsync()
    {
        var answer = await SendAsync(
            Post("register-worker", $$"""{"name":"worker-{{Seed}}","secret":"{{_secret}}","platform":"linux","supported_task_types":{{Types}}}"""), 200);
        _id = (string)answer.Json["uuid"]!;
        _credentials = [("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_id}:{_secret}"))}")];
        await SignOnAsync();
    }

    public override async Task RunOnceAsync()
    {
        var answer = await SendAsync(Post("task"), 200, 204, 409, 423);
        if (answer.Status is 409 or 423) await SignOnAsync();
        if (answer.Status != 200) await PauseAsync(1000, 2500);
        else await CompleteAsync((string)answer.Json["uuid"]!);
    }

    private async Task CompleteAsync(string task)
    {
        Ledger.HandOuts.Add(($"uuid:{task}", $"uuid:{_id}"));
        if (Random.Next(4) == 0) await SendAsync(Post($"task/{task}", """{"log":"it goes on","activity":"halfway"}"""), 204, 409);
        await PauseAsync(300, 1500);
        var answer = await SendAsync(Post($"task/{task}", """{"taskStatus":"completed","activity":"Completed"}"""), 204, 409);
        if (answer.Status == 204) Ledger.Completions.Add(($"uuid:{task}", $"uuid:{_id}"));
        else Ledger.CountRefused();
    }

    private async Task SignOnAsync()
    {
        await SendAsync(Post("sign-on", $$"""{"name":"worker-{{Seed}}","supported_task_types":{{Types}},"software_version":"drill"}"""), 200);
        await SendAsync(Post("state-changed", """{"status":"awake"}"""), 204);
    }

    private Request Post(string path, string? body = null) => new("POST", $"{Base}/{path}", body, _credentials);
}
