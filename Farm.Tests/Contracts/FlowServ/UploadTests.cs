using System.Text;
using Farm.Server.Contracts.FlowServ;

namespace Farm.Tests.Contracts.FlowServ;

/// <summary>Contracts/FlowServ/Contract.md section 4.4.</summary>
public sealed class UploadTests : FlowServTest
{
    [Theory]
    [InlineData("files")]
    [InlineData("file")]
    public async Task The_part_may_have_either_name(string part)
    {
        var upload = await Farm.UploadAsync(GroupId, Alice, part: part);
        Assert.Equal("Alice\nBob\n", Encoding.UTF8.GetString(await Farm.FetchAsync($"uploads/{GroupId}/files/{upload}")));
    }

    [Theory]
    [InlineData("../../etc/names.txt")]
    [InlineData("C:\\\\data\\\\names.txt")]
    public async Task Only_the_last_part_of_the_name_is_kept(string name)
    {
        var said = await Farm.SendFormAsync($"uploads/{GroupId}/files", Alice, "file", name, [1, 2, 3]);
        Assert.Equal(("names.txt", 3L), ((string)said.Json["name"]!, (long)said.Json["size"]!));
    }

    [Fact]
    public async Task Uploads_are_listed_in_their_order()
    {
        var (first, second) = (await Farm.UploadAsync(GroupId, Alice, "b"), await Farm.UploadAsync(GroupId, Alice, "a"));
        var files = (await Farm.DoAsync(200, "GET", $"uploads/{GroupId}/files", Alice))["files"]!.AsArray();
        Assert.Equal([first, second], files.Select(file => (string)file!["id"]!));
        Assert.Equal(["id", "name", "createdAt", "size"], files[0]!.AsObject().Select(entry => entry.Key));
    }

    [Fact]
    public async Task A_download_has_name_and_type_of_the_file()
    {
        var upload = await Farm.UploadAsync(GroupId, Alice, "a b.csv");
        var said = await Farm.SayAsync("GET", $"uploads/{GroupId}/files/{upload}");
        Assert.Equal("text/csv; charset=utf-8", said.Answer.Content.Headers.ContentType!.ToString());
        var other = await Farm.UploadAsync(GroupId, Alice, "noextension");
        said = await Farm.SayAsync("GET", $"uploads/{GroupId}/files/{other}");
        Assert.Equal("application/octet-stream", said.Answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment; filename=\"noextension\"", said.Answer.Content.Headers.GetValues("Content-Disposition").Single());
    }

    [Fact]
    public async Task A_removed_upload_is_gone_and_runs_that_have_it_keep_it()
    {
        var upload = await Farm.UploadAsync(GroupId, Alice);
        await Farm.StartRunAsync(GroupId, Alice, $"[{Projects.FileArgument("names", upload)},{Hey}]");
        Assert.Equal(204, (await Farm.SayAsync("DELETE", $"uploads/{GroupId}/files/{upload}", Alice)).Status);
        Assert.Equal((404, $"unknown file '{upload}'"), (await Farm.SayAsync("DELETE", $"uploads/{GroupId}/files/{upload}", Alice)).Error);
        Assert.Equal((404, $"unknown file '{upload}'"), (await Farm.SayAsync("GET", $"uploads/{GroupId}/files/{upload}")).Error);
        var worker = await Farm.WorkerAsync();
        Assert.Equal("Alice\nBob\n", await worker.InputAsync(await worker.TakeAsync(), "data/names.txt"));
    }

    [Fact]
    public async Task An_upload_of_another_group_is_unknown()
    {
        var upload = await Farm.UploadAsync(await Farm.GroupAsync(Workflow, Alice, "other"), Alice);
        var said = await Farm.SayAsync("POST", $"groups/{GroupId}/runs", Alice, $$"""{"arguments":[{{Projects.FileArgument("names", upload)}}]}""");
        Assert.Equal((404, $"unknown file '{upload}'"), said.Error);
        Assert.Equal(404, (await Farm.SayAsync("GET", $"uploads/{GroupId}/files/{upload}")).Status);
    }

    [Fact]
    public async Task A_form_without_a_file_is_refused()
    {
        Assert.Equal(400, (await Farm.SendFormAsync($"uploads/{GroupId}/files", Alice, "other", "a.txt", [1])).Status);
        Assert.Equal(400, (await Farm.SendFormAsync($"uploads/{GroupId}/files", Alice, "file", "", [1])).Status);
        Assert.Equal(400, (await Farm.SayAsync("POST", $"uploads/{GroupId}/files", Alice, "{}")).Status);
        Assert.Empty((await Farm.DoAsync(200, "GET", $"uploads/{GroupId}/files", Alice))["files"]!.AsArray());
    }

    [Fact]
    public async Task Uploading_needs_a_member()
    {
        Assert.Equal((403, "not logged in"), (await Farm.SendFormAsync("uploads/nope/files", null, "file", "a", [1])).Error);
        Assert.Equal((404, "unknown group 'nope'"), (await Farm.SendFormAsync("uploads/nope/files", "invalid", "file", "a", [1])).Error);
        Assert.Equal((403, "not authorized"), (await Farm.SendFormAsync($"uploads/{GroupId}/files", Bob, "file", "a", [1])).Error);
    }

    [Fact]
    public async Task A_file_above_the_limit_is_413_with_an_error_and_the_limit_can_be_set()
    {
        await using var farm = await FlowServFarm.StartAsync(new FlowServSettings { UploadLimit = 1000 });
        var token = (await farm.PersonAsync("alice")).Token;
        var group = await farm.GroupAsync(await farm.InstallAsync(), token);
        Assert.Equal(201, (await farm.SendFormAsync($"uploads/{group}/files", token, "file", "a", new byte[1000])).Status);
        var said = await farm.SendFormAsync($"uploads/{group}/files", token, "file", "a", new byte[3_000_000]);
        Assert.Equal((413, "error"), (said.Status, said.Json.AsObject().Single().Key));
        Assert.Single((await farm.DoAsync(200, "GET", $"uploads/{group}/files", token))["files"]!.AsArray());
    }
}
