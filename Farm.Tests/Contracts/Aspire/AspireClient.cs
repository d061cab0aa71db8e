using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Farm.Server.Contracts.Aspire.Operations;
using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Contracts.Shared;
using Farm.Server.Store.Engine;
using Farm.Tests.Operations.Model;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Aspire;

/// <summary>What tests say to a farm in this protocol.</summary>
internal static class AspireClient
{
    public const string Root = "/aspire_api";

    /// <summary>A farm with settings of this protocol.</summary>
    public static Task<TestFarm> FarmAsync(BatchSettings settings) => TestFarm.StartAsync(
        contracts: new Dictionary<string, ContractSettings> { ["aspire"] = new() { Own = settings } });

    /// <summary>Sends a request whose path is not touched; answers with the status and the object of the answer. All rules of the rows must hold afterwards.</summary>
    public static async Task<(int Status, JsonObject Body)> CallAsync(
        this TestFarm farm, string method, string path, string? body = null, string root = Root, string headers = "")
    {
        var answer = await farm.CallUncheckedAsync(method, path, body, root, headers);
        Invariants.Check(farm.Service<FarmStore>());
        return answer;
    }

    /// <summary>As <see cref="CallAsync"/>, but for calls side by side.</summary>
    public static async Task<(int Status, JsonObject Body)> CallUncheckedAsync(
        this TestFarm farm, string method, string path, string? body = null, string root = Root, string headers = "")
    {
        var (status, head, text) = await farm.ExchangeAsync(method, root + path, body, headers);
        Assert.Contains("content-type: application/json\r\n", head.ToLowerInvariant() + "\r\n");
        Assert.Contains("cache-control: no-store\r\n", head.ToLowerInvariant() + "\r\n");
        var answer = JsonNode.Parse(text)!.AsObject();
        if (status >= 400) Assert.NotEqual("", (string)answer["message"]!);
        return (status, answer);
    }

    /// <summary>Sends bytes as they are over a connection of its own and reads the whole answer.</summary>
    public static async Task<(int Status, string Head, string Body)> ExchangeAsync(this TestFarm farm, string method, string target, string? body, string headers = "")
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, farm.Client.BaseAddress!.Port);
        var length = body is null ? "" : $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n";
        await socket.SendAsync(Encoding.UTF8.GetBytes($"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{length}{headers}\r\n{body}"));
        using var all = new MemoryStream();
        await using (var stream = new NetworkStream(socket)) await stream.CopyToAsync(all).WaitAsync(TimeSpan.FromSeconds(60));
        var text = Encoding.Latin1.GetString(all.ToArray());
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var head = text[..end];
        return (int.Parse(head.AsSpan(9, 3)), head, Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(Unchunked(head, text[(end + 4)..]))));
    }

    /// <summary>Makes a seed and answers with its id.</summary>
    public static async Task<string> SeedAsync(this TestFarm farm, object? seed = null)
    {
        var (status, body) = await farm.CallAsync("POST", "/seeds", JsonSerializer.Serialize(seed ?? new { }));
        Assert.Equal(201, status);
        return (string)body["seed"]!["id"]!;
    }

    /// <summary>Pushes documents whose urls are numbered; answers with the ids of the entries.</summary>
    public static async Task<List<string>> PushAsync(this TestFarm farm, string seed, int count, string name = "file:///")
    {
        var documents = Enumerable.Range(0, count).Select(i => new { url = $"{name}{i}" });
        var (status, body) = await farm.CallAsync("POST", "/pushUpdates", JsonSerializer.Serialize(new { seedId = seed, documents }));
        Assert.Equal(200, status);
        return [.. body["documents"]!.AsArray().Select(document => (string)document!["pushQueueId"]!)];
    }

    /// <summary>A seed with entries.</summary>
    public static async Task<string> FilledAsync(this TestFarm farm, int count, object? seed = null)
    {
        var id = await farm.SeedAsync(seed);
        await farm.PushAsync(id, count);
        return id;
    }

    /// <summary>Fetches any number of batches.</summary>
    public static async Task<List<JsonObject>> FetchAllAsync(this TestFarm farm, string worker, string more = "&batches=1000")
    {
        var (status, body) = await farm.CallAsync("GET", $"/manager/batch?worker={Uri.EscapeDataString(worker)}{more}");
        Assert.Equal(200, status);
        return body["batch"] switch
        {
            null => [],
            JsonArray list => [.. list.Select(batch => batch!.AsObject())],
            var one => [one.AsObject()],
        };
    }

    /// <summary>Fetches one batch, which must be there.</summary>
    public static async Task<JsonObject> FetchAsync(this TestFarm farm, string worker, string more = "") =>
        Assert.Single(await farm.FetchAllAsync(worker, more));

    /// <summary>The id of a batch.</summary>
    public static string Id(this JsonObject batch) => (string)batch["id"]!;

    /// <summary>The urls of the entries of a batch.</summary>
    public static string[] Urls(this JsonObject batch) => [.. batch["entry"]!.AsArray().Select(entry => (string)entry!["url"]!)];

    /// <summary>Sends a call about a batch in the path; answers with the status.</summary>
    public static async Task<int> TellAsync(this TestFarm farm, string verb, JsonObject batch) =>
        (await farm.CallAsync("PUT", $"/manager/batch/{verb}/{batch.Id()}")).Status;

    /// <summary>How many entries of a seed are available, in progress, completed, failed.</summary>
    public static async Task<(int Available, int InProgress, int Completed, int Failed)> ItemsAsync(this TestFarm farm, string seed)
    {
        var items = (await farm.CallAsync("GET", $"/seeds/{seed}")).Body["seed"]!["items"]!;
        return ((int)items["available"]!, (int)items["inProgress"]!, (int)items["completed"]!, (int)items["failed"]!);
    }

    /// <summary>The UUID of the job that a seed is.</summary>
    public static Guid JobOf(this TestFarm farm, string seed)
    {
        Server.Contracts.Aspire.Domain.TimestampId.TryParse(seed, out var id);
        return farm.Service<FarmStore>().Read(db => SeedTable.Find(db, id))!.Value.Job.Uuid;
    }

    private static string Unchunked(string head, string body)
    {
        if (!head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase)) return body;
        var whole = new StringBuilder();
        for (var at = 0; ;)
        {
            var end = body.IndexOf("\r\n", at, StringComparison.Ordinal);
            var size = Convert.ToInt32(body[at..end], 16);
            if (size == 0) return whole.ToString();
            whole.Append(body, end + 2, size);
            at = end + 2 + size + 2;
        }
    }
}
