using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Farm.Server.Operations.Files;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Farm;

/// <summary>What workers and people ask about files that tasks produced.</summary>
internal static class ArtifactCalls
{
    public const string Root = "/api/farm/v1";

    /// <summary>Sends a file of the task, for the attempt that the task names.</summary>
    public static Task<HttpResponseMessage> UploadAsync(this TestWorker worker, JsonObject task, string path, byte[] content) =>
        worker.UploadAsync(task, path, new ByteArrayContent(content));

    public static Task<HttpResponseMessage> UploadAsync(this TestWorker worker, JsonObject task, string path, string content) =>
        worker.UploadAsync(task, path, Encoding.UTF8.GetBytes(content));

    public static Task<HttpResponseMessage> UploadAsync(this TestWorker worker, JsonObject task, string path, HttpContent content) =>
        worker.SendAsync(task, HttpMethod.Put, $"artifacts/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}", content);

    /// <summary>Leaves messages with the task.</summary>
    public static Task<HttpResponseMessage> LeaveAsync(this TestWorker worker, JsonObject task, params string[] messages) =>
        worker.SendAsync(task, HttpMethod.Put, "messages", JsonContent.Create(new { messages }));

    public static Task<HttpResponseMessage> SendAsync(this TestWorker worker, JsonObject task, HttpMethod method, string what, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, $"{Root}/tasks/{task["uuid"]}/{what}") { Content = content };
        request.Headers.Add("X-Farm-Attempt", (string)task["attempt"]!);
        return worker.Client.SendAsync(request);
    }

    /// <summary>The files of a job that can be seen.</summary>
    public static async Task<JsonArray> ArtifactsAsync(this TestFarm farm, JsonObject job) =>
        (await farm.GetAsync($"{Root}/jobs/{job["id"]}/artifacts"))["artifacts"]!.AsArray();

    /// <summary>The paths of the files of a job that can be seen.</summary>
    public static async Task<string[]> PathsAsync(this TestFarm farm, JsonObject job) =>
        [.. (await farm.ArtifactsAsync(job)).Select(file => (string)file!["path"]!)];

    /// <summary>How many contents are in their places; several managers keep those that they took away for a while.</summary>
    public static int StoredFileCount(this TestFarm farm)
    {
        var root = Path.Combine(farm.Data, "farm", "artifacts", "content");
        var aside = new SetAsideContents(root).Folder + Path.DirectorySeparatorChar;
        return Directory.Exists(root)
            ? Directory.GetFiles(root, "*", SearchOption.AllDirectories).Count(file => !file.StartsWith(aside, StringComparison.Ordinal))
            : 0;
    }

    /// <summary>The status must be this one; answers with the sentence of the refusal, or what else was answered.</summary>
    public static async Task<string> IsAsync(this Task<HttpResponseMessage> asked, HttpStatusCode status)
    {
        using var answer = await asked;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode} {text}");
        return (int)status >= 400 ? (string)JsonNode.Parse(text)!["error"]! : text;
    }
}
