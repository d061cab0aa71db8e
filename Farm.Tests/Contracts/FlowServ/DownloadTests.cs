using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.FlowServ;

/// <summary>Contracts/FlowServ/Contract.md sections 2.6 and 2.7 and what section 1 says of downloads.</summary>
public sealed class DownloadTests : FlowServTest
{
    [Fact]
    public async Task A_result_file_is_fetched_without_a_token_under_its_path()
    {
        var run = await SucceededAsync(path => $"content of {path}");
        var file = (await FilesAsync(run))[0]!;
        using var answer = await Farm.Farm.Client.GetAsync($"{FlowServFarm.Base}/runs/{run}/downloads/files/{file["id"]}");
        Assert.Equal("content of results/greetings.txt", await answer.Content.ReadAsStringAsync());
        Assert.Equal("text/plain; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment; filename=\"results/greetings.txt\"", answer.Content.Headers.GetValues("Content-Disposition").Single());
    }

    [Fact]
    public async Task Downloads_are_never_compressed()
    {
        var run = await SucceededAsync();
        foreach (var path in (string[])[$"files/{(await FilesAsync(run))[0]!["id"]}", "archive"])
        {
            var request = new HttpRequestMessage(HttpMethod.Get, $"{FlowServFarm.Base}/runs/{run}/downloads/{path}");
            request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate");
            using var answer = await Farm.Farm.Client.SendAsync(request);
            Assert.Equal((200, 0), ((int)answer.StatusCode, answer.Content.Headers.ContentEncoding.Count));
        }
    }

    [Fact]
    public async Task The_archive_opens_with_tar_and_has_the_sources_in_the_declared_order_and_nothing_else()
    {
        var run = await SucceededAsync(path => $"content of {path}");
        using var directory = new TemporaryDirectory();
        using var answer = await Farm.Farm.Client.GetAsync($"{FlowServFarm.Base}/runs/{run}/downloads/archive");
        Assert.Equal("application/gzip", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment; filename=run.tar.gz", answer.Content.Headers.GetValues("Content-Disposition").Single());
        await File.WriteAllBytesAsync(directory["run.tar.gz"], await answer.Content.ReadAsByteArrayAsync());

        Assert.Equal("results/greetings.txt\nresults/analytics.json\n", await TarAsync(directory, "-tzf"));
        await TarAsync(directory, "-xzf");
        Assert.Equal("content of results/analytics.json", await File.ReadAllTextAsync(directory["results/analytics.json"]));
    }

    [Fact]
    public async Task The_archive_of_a_run_without_files_is_an_empty_archive()
    {
        var group = await Farm.GroupAsync(await Farm.InstallAsync(Projects.Of(TemplateText.OneStep)), Alice);
        var run = (string)(await Farm.StartRunAsync(group, Alice))["id"]!;
        await (await Farm.WorkerAsync()).CompleteRunAsync();
        using var directory = new TemporaryDirectory();
        await File.WriteAllBytesAsync(directory["run.tar.gz"], await Farm.FetchAsync($"runs/{run}/downloads/archive"));
        Assert.Equal("", await TarAsync(directory, "-tzf"));
        Assert.Equal("[]", (await FilesAsync(run)).ToJsonString());
    }

    [Fact]
    public async Task Without_success_there_is_no_archive_and_no_file()
    {
        var run = await StartedAsync();
        Assert.Equal((404, $"unknown run '{run}'"), (await Farm.SayAsync("GET", $"runs/{run}/downloads/archive")).Error);
        Assert.Equal((404, "unknown file 'abc'"), (await Farm.SayAsync("GET", $"runs/{run}/downloads/files/abc")).Error);

        var worker = await Farm.WorkerAsync();
        var task = await worker.TakeAsync();
        await worker.LeaveAsync(task, "results/greetings.txt", "early");
        Assert.Equal((404, $"unknown run '{run}'"), (await Farm.SayAsync("GET", $"runs/{run}/downloads/archive")).Error);
        await Farm.DoAsync(200, "PUT", $"runs/{run}", Alice, "{}");
        Assert.Equal((404, $"unknown run '{run}'"), (await Farm.SayAsync("GET", $"runs/{run}/downloads/archive")).Error);
    }

    [Fact]
    public async Task A_file_of_another_run_is_unknown()
    {
        var (one, other) = (await SucceededAsync(), await SucceededAsync());
        var id = (string)(await FilesAsync(other))[0]!["id"]!;
        Assert.Equal((404, $"unknown file '{id}'"), (await Farm.SayAsync("GET", $"runs/{one}/downloads/files/{id}")).Error);
        Assert.Equal((404, "unknown run 'nope'"), (await Farm.SayAsync("GET", $"runs/nope/downloads/files/{id}")).Error);
        Assert.Equal((404, "unknown run 'nope'"), (await Farm.SayAsync("GET", "runs/nope/downloads/archive")).Error);
    }

    [Fact]
    public async Task The_token_of_a_non_member_is_rejected_and_an_expired_one_ignored()
    {
        var run = await SucceededAsync();
        var upload = await Farm.UploadAsync(GroupId, Alice);
        foreach (var path in (string[])[$"runs/{run}/downloads/archive", $"runs/{run}/downloads/files/{(await FilesAsync(run))[0]!["id"]}", $"uploads/{GroupId}/files/{upload}"])
        {
            Assert.Equal((403, "not authorized"), (await Farm.SayAsync("GET", path, Bob)).Error);
            Assert.Equal(200, (await Farm.SayAsync("GET", path, Alice)).Status);
            Assert.Equal(200, (await Farm.SayAsync("GET", path, "stale")).Status);
        }
    }

    [Fact]
    public async Task File_ids_are_stable()
    {
        var run = await SucceededAsync();
        Assert.Equal((await FilesAsync(run)).ToJsonString(), (await FilesAsync(run)).ToJsonString());
        Assert.All(await FilesAsync(run), file => Assert.Matches("^[0-9a-f]{32}$", (string)file!["id"]!));
    }

    [Fact]
    public async Task Post_processing_is_404()
    {
        Assert.Equal(404, (await Farm.SayAsync("GET", $"workflows/{Workflow}/downloads/archive")).Status);
        Assert.Equal((404, "unknown file 'x'"), (await Farm.SayAsync("GET", $"workflows/{Workflow}/downloads/files/x")).Error);
        Assert.Equal((404, "unknown workflow 'nope'"), (await Farm.SayAsync("GET", "workflows/nope/downloads/archive")).Error);
    }

    private async Task<JsonArray> FilesAsync(string run) => (await Farm.DoAsync(200, "GET", $"runs/{run}", Alice))["files"]!.AsArray();

    private static async Task<string> TarAsync(TemporaryDirectory directory, string what)
    {
        using var tar = Process.Start(new ProcessStartInfo("tar", [what, "run.tar.gz"])
        {
            WorkingDirectory = directory.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        var (output, errors) = (await tar.StandardOutput.ReadToEndAsync(), await tar.StandardError.ReadToEndAsync());
        await tar.WaitForExitAsync();
        Assert.Equal((0, ""), (tar.ExitCode, errors));
        return output.ReplaceLineEndings("\n");
    }
}
