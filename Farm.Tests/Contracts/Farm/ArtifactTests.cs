using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Farm.Server.Domain.Artifacts;
using Farm.Server.Operations;
using Farm.Server.Operations.Files;
using Farm.Server.Store.Engine;
using Farm.Tests.Operations.Model;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Farm;

/// <summary>Files that tasks produced: sent by workers, seen once the task is completed, fetched by people.</summary>
public sealed class ArtifactTests
{
    [Fact]
    public async Task Files_become_visible_when_their_task_completes()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitFramesAsync(1);
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        Snapshot.Verify(await worker.UploadAsync(task, "results/greetings.txt", "hello").IsAsync(HttpStatusCode.OK), "uploaded");
        await worker.UploadAsync(task, "frames/0001.png", [1, 2, 3]).IsAsync(HttpStatusCode.OK);
        Assert.Empty(await farm.ArtifactsAsync(job));

        Assert.Equal(HttpStatusCode.NoContent, await worker.ReportAsync(task, "completed"));
        Assert.Equal(["results/greetings.txt", "frames/0001.png"], await farm.PathsAsync(job));
        var listed = await farm.Client.GetStringAsync($"{ArtifactCalls.Root}/jobs/{job["id"]}/artifacts");
        Snapshot.Verify(Regex.Replace(listed, "\"[0-9a-f]{32}\"", id => $"\"{Guid.Parse(id.Value.Trim('"'))}\""), "listed");
        Assert.Equal(2, (await farm.GetAsync($"{ArtifactCalls.Root}/tasks/{task["uuid"]}/artifacts"))["artifacts"]!.AsArray().Count);
        var page = await farm.GetAsync($"{ArtifactCalls.Root}/jobs/{job["id"]}/artifacts?limit=1&offset=1");
        Assert.Equal(("frames/0001.png", 2), ((string?)page["artifacts"]!.AsArray().Single()!["path"], (int?)page["count"]));
    }

    [Fact]
    public async Task A_file_is_sent_whole_as_a_range_or_as_not_modified()
    {
        await using var farm = await TestFarm.StartAsync();
        var content = RandomNumberGenerator.GetBytes(300_000);
        var file = await CompletedAsync(farm, ("a b/ä.bin", content));
        var url = $"{ArtifactCalls.Root}/artifacts/{file["id"]}";

        using var whole = await farm.Client.GetAsync(url);
        Assert.Equal(content, await whole.Content.ReadAsByteArrayAsync());
        Assert.Equal($"\"{file["sha256"]}\"", whole.Headers.ETag!.ToString());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), (string?)file["sha256"]);
        Assert.Equal($"sha-256=:{Convert.ToBase64String(SHA256.HashData(content))}:", whole.Headers.GetValues("Repr-Digest").Single());
        Assert.Equal("attachment", whole.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("ä.bin", whole.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal("application/octet-stream", whole.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", whole.Headers.GetValues("X-Content-Type-Options").Single());

        using var head = await farm.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, url));
        Assert.Equal((HttpStatusCode.OK, content.Length), (head.StatusCode, (int)head.Content.Headers.ContentLength!));

        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Range = new RangeHeaderValue(100, 199);
        using var part = await farm.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(content[100..200], await part.Content.ReadAsByteArrayAsync());

        var again = new HttpRequestMessage(HttpMethod.Get, url);
        again.Headers.IfNoneMatch.Add(whole.Headers.ETag);
        Assert.Equal("", await farm.Client.SendAsync(again).IsAsync(HttpStatusCode.NotModified));
        foreach (var nothing in new[] { Guid.NewGuid().ToString("N"), "x" })
            await farm.Client.GetAsync($"{ArtifactCalls.Root}/artifacts/{nothing}").IsAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Equal_contents_are_stored_once()
    {
        await using var farm = await TestFarm.StartAsync();
        await CompletedAsync(farm, ("a.txt", [1]), ("b.txt", [1]), ("c.txt", [2]));
        Assert.Equal(2, farm.StoredFileCount());
    }

    [Fact]
    public async Task The_files_of_a_job_are_sent_as_a_tar_archive()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitFramesAsync(2);
        var worker = await farm.AwakeAsync();
        var nothing = farm.Client.GetAsync($"{ArtifactCalls.Root}/jobs/{job["id"]}/artifacts.tar.gz");
        Assert.Contains("no files yet", await nothing.IsAsync(HttpStatusCode.NotFound));
        foreach (var frame in new[] { "one", "two" })
        {
            var task = await worker.TakeAsync();
            await worker.UploadAsync(task, "out/frame.txt", frame).IsAsync(HttpStatusCode.OK);
            await worker.ReportAsync(task, "completed");
        }

        using var answer = await farm.Client.GetAsync($"{ArtifactCalls.Root}/jobs/{job["id"]}/artifacts.tar.gz");
        Assert.Equal("application/gzip", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("Shot.tar.gz", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal(
            [("render-1/out/frame.txt", "one"), ("render-2/out/frame.txt", "two")], Entries(await answer.Content.ReadAsByteArrayAsync()));
    }

    [Fact]
    public async Task The_archive_of_a_single_task_has_no_folder_per_task()
    {
        await using var farm = await TestFarm.StartAsync();
        var file = await CompletedAsync(farm, ("results/a.txt", "A"u8.ToArray()), ("b.txt", "B"u8.ToArray()));
        var job = (await farm.GetAsync($"/api/v3/tasks/{file["task"]}"))["job_id"];
        var archive = await farm.Client.GetByteArrayAsync($"{ArtifactCalls.Root}/jobs/{job}/artifacts.tar.gz");
        Assert.Equal([("results/a.txt", "A"), ("b.txt", "B")], Entries(archive));
    }

    [Fact]
    public async Task Uploading_a_file_again_replaces_it()
    {
        await using var farm = await TestFarm.StartAsync();
        var file = await CompletedAsync(farm, ("a.txt", "one"u8.ToArray()), ("a.txt", "two!"u8.ToArray()));
        Assert.Equal(4, (int)file["size"]!);
        Assert.Equal("two!", await farm.Client.GetStringAsync($"{ArtifactCalls.Root}/artifacts/{file["id"]}"));
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("queued")]
    [InlineData("canceled")]
    public async Task Files_of_an_unsuccessful_attempt_are_dropped(string status)
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitFramesAsync(1);
        var (worker, other) = (await farm.AwakeAsync(), await farm.AwakeAsync("other"));
        var task = await worker.TakeAsync();
        await worker.UploadAsync(task, "a.txt", "from the first").IsAsync(HttpStatusCode.OK);
        await worker.ReportAsync(task, status);
        if (status != "canceled") await other.TakeAndCompleteAsync();
        Assert.Empty(await farm.ArtifactsAsync(job));
        Assert.Equal(0, Rows(farm));
        Check(farm);
    }

    [Fact]
    public async Task A_late_file_of_a_lost_attempt_is_rejected_and_not_stored()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitFramesAsync(1);
        var (lost, other) = (await farm.AwakeAsync(), await farm.AwakeAsync("other"));
        var first = await lost.TakeAsync();
        await lost.SignOffAsync();
        var second = await other.TakeAsync();
        Assert.Contains("does not hold", await lost.UploadAsync(first, "a.txt", "late").IsAsync(HttpStatusCode.Conflict));
        Assert.Contains("does not hold", await lost.LeaveAsync(first, "late").IsAsync(HttpStatusCode.Conflict));
        Assert.Equal(0, farm.StoredFileCount());

        await other.UploadAsync(second, "a.txt", "right").IsAsync(HttpStatusCode.OK);
        await other.ReportAsync(second, "completed");
        Assert.Contains("does not hold", await other.UploadAsync(second, "b.txt", "too late").IsAsync(HttpStatusCode.Conflict));
        Assert.Equal(["a.txt"], await farm.PathsAsync(job));
    }

    [Fact]
    public async Task A_file_is_not_stored_when_its_attempt_is_lost_during_the_upload()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitFramesAsync(1);
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        var gate = new GatedContent("all of it");
        var upload = worker.UploadAsync(task, "a.txt", gate);
        await gate.Begun;
        await farm.SetJobAsync(job, "cancel-requested");
        gate.GoOn();
        await upload.IsAsync(HttpStatusCode.Conflict);
        Assert.Equal(0, farm.StoredFileCount());
        Assert.Equal(0, Rows(farm));
    }

    [Fact]
    public async Task Rerunning_a_task_replaces_its_files()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitFramesAsync(1);
        var worker = await farm.AwakeAsync();
        await ProduceAsync(worker, "old.txt");
        Assert.Equal(["old.txt"], await farm.PathsAsync(job));
        await farm.SetJobAsync(job, "requeueing");
        Assert.Empty(await farm.ArtifactsAsync(job));
        await ProduceAsync(worker, "new.txt");
        Assert.Equal(["new.txt"], await farm.PathsAsync(job));
        Check(farm);
    }

    [Fact]
    public async Task Files_are_deleted_with_their_job_and_their_contents_later()
    {
        await using var farm = await TestFarm.StartAsync();
        var (job, kept) = (await farm.SubmitFramesAsync(1), await farm.SubmitFramesAsync(1, priority: 1));
        var worker = await farm.AwakeAsync();
        var file = await ProduceAsync(worker, "a.txt");
        await ProduceAsync(worker, "b.txt");
        await farm.Client.DeleteAsync($"/api/v3/jobs/{job["id"]}").IsAsync(HttpStatusCode.NoContent);
        await farm.Service<global::Farm.Server.Operations.Jobs.BulkUpdateService>().DrainAsync();
        await farm.Client.GetAsync($"{ArtifactCalls.Root}/tasks/{file["uuid"]}/artifacts").IsAsync(HttpStatusCode.NotFound);
        Assert.Equal(["b.txt"], await farm.PathsAsync(kept));
        farm.Time.Advance(ContentGarbage.Grace + TimeSpan.FromSeconds(1));
        await farm.Service<ContentGarbage>().CollectAsync();
        // The clock may be at it too: then the row is gone before the file is.
        for (var waited = 0; waited < 600 && farm.StoredFileCount() > 1; waited++) await Task.Delay(50);
        Assert.Equal(1, farm.StoredFileCount());
        Check(farm);
    }

    [Fact]
    public async Task A_file_over_the_limit_is_rejected_before_or_during_the_upload()
    {
        await using var farm = await TestFarm.StartAsync(new FarmLimits { Artifacts = new ArtifactLimits(MaxFileBytes: 10, MaxJobBytes: 15, MaxJobFiles: 3) });
        await farm.SubmitFramesAsync(1);
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        Assert.Contains("10 bytes", await worker.UploadAsync(task, "a", new byte[11]).IsAsync(HttpStatusCode.RequestEntityTooLarge));
        Assert.Contains("10 bytes", await worker.UploadAsync(task, "a", new ChunkedContent(11)).IsAsync(HttpStatusCode.RequestEntityTooLarge));
        await worker.UploadAsync(task, "a", new ChunkedContent(10)).IsAsync(HttpStatusCode.OK);
        Assert.Contains("15 bytes", await worker.UploadAsync(task, "b", new byte[6]).IsAsync(HttpStatusCode.RequestEntityTooLarge));
        Assert.Contains("15 bytes", await worker.UploadAsync(task, "b", new ChunkedContent(6)).IsAsync(HttpStatusCode.RequestEntityTooLarge));
        foreach (var path in new[] { "b", "c" }) await worker.UploadAsync(task, path, new byte[1]).IsAsync(HttpStatusCode.OK);
        Assert.Contains("the limit is 3", await worker.UploadAsync(task, "d", new byte[1]).IsAsync(HttpStatusCode.RequestEntityTooLarge));
        Assert.Equal(2, farm.StoredFileCount());
    }

    [Theory]
    [InlineData("a\\b")]
    [InlineData("a//b")]
    [InlineData("C:/a")]
    [InlineData("a/b ")]
    [InlineData("a\nb")]
    public async Task A_path_outside_the_task_is_rejected(string path)
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitFramesAsync(1);
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        Assert.Contains("cannot store", await worker.UploadAsync(task, path, "x").IsAsync(HttpStatusCode.BadRequest));
        Assert.Equal(0, farm.StoredFileCount());
    }

    private static List<(string Name, string Text)> Entries(byte[] archive)
    {
        using var tar = new TarReader(new GZipStream(new MemoryStream(archive), CompressionMode.Decompress));
        var entries = new List<(string, string)>();
        while (tar.GetNextEntry() is { } entry)
        {
            Assert.Equal(TarEntryType.RegularFile, entry.EntryType);
            entries.Add((entry.Name, new StreamReader(entry.DataStream!).ReadToEnd()));
        }

        return entries;
    }

    /// <summary>A task that produced files and is completed; answers with the first file.</summary>
    private static async Task<JsonObject> CompletedAsync(TestFarm farm, params (string Path, byte[] Content)[] files)
    {
        var job = await farm.SubmitFramesAsync(1);
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        foreach (var (path, content) in files) await worker.UploadAsync(task, path, content).IsAsync(HttpStatusCode.OK);
        await worker.ReportAsync(task, "completed");
        return (await farm.ArtifactsAsync(job))[0]!.AsObject();
    }

    private static async Task<JsonObject> ProduceAsync(TestWorker worker, string path)
    {
        var task = await worker.TakeAsync();
        await worker.UploadAsync(task, path, $"content of {path}").IsAsync(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.NoContent, await worker.ReportAsync(task, "completed"));
        return task;
    }

    private static long Rows(TestFarm farm) => farm.Service<FarmStore>().Read(db => db.Number("SELECT count(*) FROM artifacts"));

    private static void Check(TestFarm farm) => Invariants.Check(farm.Service<FarmStore>());

    /// <summary>Bytes whose number is not announced.</summary>
    private sealed class ChunkedContent(int bytes) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(new byte[bytes]).AsTask();

        protected override bool TryComputeLength(out long length) => (length = 0) != 0;
    }

    /// <summary>A text of which the last part is sent when the test says so.</summary>
    private sealed class GatedContent(string text) : HttpContent
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public void GoOn() => _goOn.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text[..2]));
            await stream.FlushAsync();
            _begun.SetResult();
            await _goOn.Task;
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text[2..]));
        }

        protected override bool TryComputeLength(out long length) => (length = 0) != 0;
    }
}
