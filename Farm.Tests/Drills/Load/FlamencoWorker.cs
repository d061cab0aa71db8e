using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Farm.Tests.Drills.Load;

/// <summary>A worker of the Flamenco protocol, which also sends logs and files. Runs of flowServ are tasks for it too.</summary>
internal sealed class FlamencoWorker(LoadBalancer farm, Ledger ledger, int seed) : Client(farm, ledger, seed)
{
    /// <summary>How the names of these workers begin.</summary>
    public const string NamePrefix = "worker-";

    private const string Base = "/api/v3/worker";
    private const string Types = """["misc","workflow"]""";

    private readonly string _secret = $"secret-{seed}-0123456789abcdef";
    private IReadOnlyList<(string, string)> _credentials = [];
    private string _id = "";
    private int _taken;

    public override async Task JoinAsync()
    {
        var answer = await SendAsync(
            Post("register-worker", $$"""{"name":"{{NamePrefix}}{{Seed}}","secret":"{{_secret}}","platform":"linux","supported_task_types":{{Types}}}"""), 200);
        _id = (string)answer.Json["uuid"]!;
        _credentials = [("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_id}:{_secret}"))}")];
        await SignOnAsync();
    }

    public override async Task RunOnceAsync()
    {
        var answer = await SendAsync(Post("task"), 200, 204, 409, 423);
        if (answer.Status is 409 or 423) await SignOnAsync();
        if (answer.Status != 200) await PauseAsync(1000, 2500);
        else await CompleteAsync(answer.Json);
    }

    private async Task CompleteAsync(JsonNode task)
    {
        var (id, attempt, line) = ((string)task["uuid"]!, (string)task["attempt"]!, $"line {Seed}-{++_taken}");
        Ledger.HandOuts.Add(($"uuid:{id}", $"uuid:{_id}"));
        Ledger.Attempts.Add(attempt);
        if (Random.Next(4) == 0) await LogAsync(id, $"{line} goes on");
        var file = Random.Next(8) == 0 ? await UploadAsync(id, attempt) : null;
        await PauseAsync(300, 1500);
        var answer = await SendAsync(Post($"task/{id}", $$"""{"taskStatus":"completed","activity":"Completed","log":"{{line}} ends"}"""), 204, 409);
        if (answer.Status != 204)
        {
            Ledger.Refuse($"uuid:{id}", $"uuid:{_id}");
            return;
        }

        Ledger.Completions.Add(($"uuid:{id}", $"uuid:{_id}"));
        Ledger.LastLines.Add(($"uuid:{id}", $"{line} ends"));
        if (file is not null) Ledger.Files.Add(($"uuid:{id}", file.Value.Path, file.Value.Sha256));
    }

    private async Task LogAsync(string task, string line)
    {
        var answer = await SendAsync(Post($"task/{task}", $$"""{"log":"{{line}}","activity":"halfway"}"""), 204, 409);
        if (answer.Status == 204) Ledger.Lines.Add(($"uuid:{task}", line));
    }

    /// <summary>Sends a file; null if the task is somebody else's by now.</summary>
    private async Task<(string Path, string Sha256)?> UploadAsync(string task, string attempt)
    {
        var content = new byte[Random.Next(1, 30_000)];
        Random.NextBytes(content);
        var path = $"frames/{Seed}-{_taken}.bin";
        var request = new Request("PUT", $"/api/farm/v1/tasks/{task}/artifacts/{path}", content, [.. _credentials, ("X-Farm-Attempt", attempt)]);
        var answer = await SendAsync(request, 200, 201, 409);
        return answer.Status == 409 ? null : (path, Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    private async Task SignOnAsync()
    {
        await SendAsync(Post("sign-on", $$"""{"name":"{{NamePrefix}}{{Seed}}","supported_task_types":{{Types}},"software_version":"drill"}"""), 200);
        await SendAsync(Post("state-changed", """{"status":"awake"}"""), 204);
    }

    private Request Post(string path, string? body = null) => new("POST", $"{Base}/{path}", body, _credentials);
}
