using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Farm.Server.Domain.Events;
using Farm.Server.Operations.Images;
using Farm.Server.Operations.Images.Inspection;
using Farm.Tests.Operations.Images.Inspection;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>taskOutputProduced and where its images are seen (Contracts/Flamenco/Contract.md section 3.9).</summary>
public sealed class OutputTests
{
    [Theory]
    [InlineData("image/jpeg")]
    [InlineData("image/png; charset=binary")]
    public async Task A_valid_image_with_any_label_becomes_the_newest_of_its_job_and_the_farm(string label)
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        await farm.Client.GetAsync("/api/v3/jobs/last-rendered").IsEmptyAsync();
        await farm.Client.GetAsync($"/api/v3/jobs/{job["id"]}/last-rendered").IsEmptyAsync();

        var image = SampleImages.Png(40, 30);
        var shown = ShownAsync(farm);
        using (var answer = await worker.SendImageAsync(task["uuid"], image, label))
        {
            Assert.Equal((HttpStatusCode.Accepted, 0L), (answer.StatusCode, answer.Content.Headers.ContentLength));
        }

        await shown;
        var info = await farm.GetAsync($"/api/v3/jobs/{job["id"]}/last-rendered");
        Assert.Equal(info.ToJsonString(), (await farm.GetAsync("/api/v3/jobs/last-rendered")).ToJsonString());
        foreach (var suffix in info["suffixes"]!.AsArray())
        {
            using var file = await farm.Client.GetAsync($"{info["base"]}/{suffix}");
            Assert.Equal("image/jpeg", file.Content.Headers.ContentType?.MediaType);
            var verdict = ImageInspector.Inspect(await file.Content.ReadAsStreamAsync());
            Assert.Equal(ImageVerdict.Good(ImageFormat.Jpeg, 40, 30), verdict);
        }
    }

    [Fact]
    public async Task An_undecodable_image_is_served_unchanged_at_every_size()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        var image = SampleImages.Png(SampleImages.Header(40, 30), rows: new byte[9]);
        var shown = ShownAsync(farm);
        await worker.SendImageAsync(task["uuid"], image).IsEmptyAsync(202);

        await shown;
        var info = await farm.GetAsync($"/api/v3/jobs/{job["id"]}/last-rendered");
        foreach (var suffix in info["suffixes"]!.AsArray())
        {
            using var file = await farm.Client.GetAsync($"{info["base"]}/{suffix}");
            Assert.Equal("image/png", file.Content.Headers.ContentType?.MediaType);
            Assert.Equal(image, await file.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task An_image_without_content_length_or_with_length_0_is_rejected_with_411()
    {
        await using var farm = await TestFarm.StartAsync();
        var (worker, task) = await WithTaskAsync(farm);
        var chunked = new HttpRequestMessage(HttpMethod.Post, $"task/{task}/output-produced") { Content = new ByteArrayContent([1, 2]) };
        chunked.Content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        chunked.Headers.TransferEncodingChunked = true;
        await worker.Client.SendAsync(chunked).IsRefusedAsync(411);
        await worker.SendImageAsync(task, []).IsRefusedAsync(411);
    }

    [Fact]
    public async Task An_image_over_25_MiB_is_rejected_with_413_before_it_is_read()
    {
        await using var farm = await TestFarm.StartAsync();
        var (worker, task) = await WithTaskAsync(farm);
        var answer = await farm.RawAsync(
            $"POST /api/v3/worker/task/{task}/output-produced HTTP/1.1\r\nHost: localhost\r\nAuthorization: {worker.Client.DefaultRequestHeaders.Authorization}\r\n"
            + "Content-Type: image/png\r\nContent-Length: 26214401\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413 ", answer);
        Assert.Contains("{\"code\":413,", answer);
        // So many are fine: what is wrong with these is only that they are no image.
        await worker.SendImageAsync(task, new byte[26_214_400]).IsRefusedAsync(415);
    }

    [Fact]
    public async Task Anything_but_an_image_is_rejected_with_415_by_label_or_content()
    {
        await using var farm = await TestFarm.StartAsync();
        var (worker, task) = await WithTaskAsync(farm);
        await worker.SendImageAsync(task, SampleImages.Png(4, 4), "image/webp").IsRefusedAsync(415);
        await worker.SendImageAsync(task, "GIF89a and so on"u8.ToArray()).IsRefusedAsync(415);
        await worker.SendImageAsync(task, SampleImages.Png(4, 4)[..^20]).IsRefusedAsync(415);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(farm.Data, "farm", "artifacts", "incoming")));
    }

    [Fact]
    public async Task An_image_for_an_unknown_task_is_rejected_with_404()
    {
        await using var farm = await TestFarm.StartAsync();
        var (worker, _) = await WithTaskAsync(farm);
        await worker.SendImageAsync(Answers.Nobody, SampleImages.Png(4, 4)).IsRefusedAsync(404);
        await worker.SendImageAsync("no-id", SampleImages.Png(4, 4)).IsRefusedAsync(404);
    }

    [Fact]
    public async Task Images_beyond_the_queue_limit_are_rejected_with_429()
    {
        await using var farm = await TestFarm.StartAsync();
        var (worker, task) = await WithTaskAsync(farm);
        var images = farm.Service<LastRenderedImages>();
        var most = farm.Service<ImageSettings>().MaxImagesPerJob;
        var blocked = Enumerable.Range(0, most).Select(_ => new BlockedContent(1000, "image/png")).ToList();
        var sent = blocked.Select(content => worker.Client.PostAsync($"task/{task}/output-produced", content)).ToList();
        while (images.Load.Images < most && !sent.Any(answer => answer.IsCompleted)) await Task.Yield();
        await worker.SendImageAsync(task, SampleImages.Png(4, 4)).IsRefusedAsync(429);
        foreach (var content in blocked) content.GoOn();
        foreach (var answer in sent) await answer.IsRefusedAsync(415);
        await worker.SendImageAsync(task, SampleImages.Png(4, 4)).IsEmptyAsync(202);
    }

    [Fact]
    public async Task An_aborted_image_upload_leaves_nothing_behind()
    {
        await using var farm = await TestFarm.StartAsync();
        var (worker, task) = await WithTaskAsync(farm);
        var images = farm.Service<LastRenderedImages>();
        using (var socket = new TcpClient("127.0.0.1", farm.Client.BaseAddress!.Port))
        {
            var request = $"POST /api/v3/worker/task/{task}/output-produced HTTP/1.1\r\nHost: localhost\r\n"
                + $"Authorization: {worker.Client.DefaultRequestHeaders.Authorization}\r\nContent-Type: image/png\r\nContent-Length: 5000\r\n\r\n12345";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
            while (images.Load.Images == 0) await Task.Yield();
        }

        while (images.Load.Images > 0) await Task.Yield();
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(farm.Data, "farm", "artifacts", "incoming")));
        await worker.SendImageAsync(task, SampleImages.Png(4, 4)).IsEmptyAsync(202);
    }

    [Fact]
    public async Task An_image_for_an_attempt_that_is_not_current_is_rejected()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        await farm.Client.PostAsJsonAsync($"/api/v3/tasks/{task["uuid"]}/setstatus", new { status = "queued", reason = "again" }).IsEmptyAsync();
        await worker.SendImageAsync(task["uuid"], SampleImages.Png(4, 4), attempt: (string)task["attempt"]!).IsRefusedAsync(409);
        await worker.SendImageAsync(task["uuid"], SampleImages.Png(4, 4)).IsEmptyAsync(202);
        var again = await worker.TakeAsync();
        await worker.ReportAsync(again, "completed");
        await worker.SendImageAsync(again["uuid"], SampleImages.Png(4, 4), attempt: (string)again["attempt"]!).IsEmptyAsync(202);
    }

    private static async Task<(TestWorker Worker, string Task)> WithTaskAsync(TestFarm farm)
    {
        var job = await farm.SubmitEchoAsync();
        return (await farm.AwakeAsync(), (string)(await farm.TasksAsync(job))[0]["id"]!);
    }

    private static async Task ShownAsync(TestFarm farm)
    {
        await foreach (var happened in farm.Service<FarmEvents>().ListenAsync(default))
        {
            if (happened.Kind == FarmEventKind.LastRendered) return;
        }
    }
}
