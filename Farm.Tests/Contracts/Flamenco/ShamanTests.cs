using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Jobs;
using Farm.Tests.Contracts.Flamenco.Operations.Shaman;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>What is required, checked out and stored (Contracts/Flamenco/Contract.md section 6.5).</summary>
public sealed class ShamanTests
{
    private const string Sha = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static readonly SampleFile Scene = new("a scene", "shot/scene.blend");
    private static readonly SampleFile Texture = new("a texture", "tex/wood.png");

    [Fact]
    public async Task The_add_on_uploads_checks_out_submits_and_deletes_a_job()
    {
        await using var farm = await TestFarm.StartAsync();
        var again = Scene with { Path = "copy.blend" };
        var required = await farm.RequireAsync(Scene, Texture, again).IsJsonAsync();
        Assert.Equal(["unknown", "unknown"], required["files"]!.AsArray().Select(file => (string)file!["status"]!));
        await farm.CheckOutAsync("shot-10", Scene, Texture).IsRefusedAsync(424);

        await farm.UploadAsync(Scene, "True", "scene.blend").IsEmptyAsync();
        Assert.Equal("stored", await farm.StatusOfAsync(Scene));
        Assert.Single((await farm.RequireAsync(Scene, Texture).IsJsonAsync())["files"]!.AsArray());
        await farm.CheckOutAsync("shot-10", Scene, Texture).IsRefusedAsync(424);
        await farm.UploadAsync(Texture, "False", "wood.png").IsEmptyAsync();
        Assert.Equal("shot-10", (string)(await farm.CheckOutAsync("shot-10", Scene, Texture, again).IsJsonAsync())["checkoutPath"]!);
        var checkout = Path.Combine(farm.SharedStorage, "jobs", "shot-10");
        Assert.Equal("a scene", await File.ReadAllTextAsync(Path.Combine(checkout, "copy.blend")));
        Assert.Matches("^shot-10-.{4}$", (string)(await farm.CheckOutAsync("shot-10", Scene).IsJsonAsync())["checkoutPath"]!);

        var (first, second) = (await SubmitAsync(farm, "shot-10"), await SubmitAsync(farm, "shot-10"));
        await RemoveAsync(farm, first);
        Assert.True(Directory.Exists(checkout), "another job works in it");
        await RemoveAsync(farm, second);
        Assert.False(Directory.Exists(checkout));
        Assert.Equal("stored", await farm.StatusOfAsync(Scene));
    }

    [Theory]
    [InlineData("shot", "shot/10")]
    [InlineData("shot/10", "shot")]
    [InlineData("Shot", "shot")]
    public async Task A_checkout_stays_while_another_job_uses_it_or_a_directory_above_or_below(string removed, string other)
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.UploadAsync(Scene).IsEmptyAsync();
        await farm.CheckOutAsync("shot", Scene with { Path = "10/scene.blend" }).IsJsonAsync();
        var job = await SubmitAsync(farm, removed);
        await SubmitAsync(farm, other);

        await RemoveAsync(farm, job);

        Assert.True(File.Exists(Path.Combine(farm.SharedStorage, "jobs", "shot", "10", "scene.blend")));
    }

    [Fact]
    public async Task With_Shaman_disabled_all_calls_are_503_and_deleting_a_job_removes_no_files()
    {
        await using var farm = await TestFarm.StartAsync(shaman: new ShamanSettings { Enabled = false });
        await farm.RequireAsync(Scene).IsRefusedAsync(503);
        await farm.CheckOutAsync("shot", Scene).IsRefusedAsync(503);
        await farm.Client.GetAsync(ShamanCalls.PathOf(Scene)).IsRefusedAsync(503);
        await farm.UploadAsync(Scene).IsRefusedAsync(503);
        await farm.Client.PostTextAsync($"{ShamanCalls.Root}/checkout/create", "{").IsRefusedAsync(503);

        var directory = Directory.CreateDirectory(Path.Combine(farm.SharedStorage, "jobs", "shot"));
        await RemoveAsync(farm, await SubmitAsync(farm, "shot"));
        Assert.True(directory.Exists);
    }

    [Theory]
    [InlineData("../../x")]
    [InlineData("/etc/x")]
    [InlineData("a/../../x")]
    [InlineData("..\\\\x")]
    [InlineData("")]
    public async Task Files_and_checkouts_cannot_escape_their_directory(string path)
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.UploadAsync(Scene).IsEmptyAsync();
        var file = $$"""{"sha":"{{Scene.Key.Sha}}","size":{{Scene.Key.Size}},"path":"{{path}}"}""";
        await farm.Client.PostTextAsync($"{ShamanCalls.Root}/checkout/requirements", $$"""{"files":[{{file}}]}""").IsRefusedAsync(400);
        await farm.Client.PostTextAsync($"{ShamanCalls.Root}/checkout/create", $$"""{"checkoutPath":"shot","files":[{{file}}]}""").IsRefusedAsync(400);
        await farm.Client.PostTextAsync($"{ShamanCalls.Root}/checkout/create", $$"""{"checkoutPath":"{{path}}","files":[]}""").IsRefusedAsync(400);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(farm.SharedStorage, "jobs")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"files":{}}""")]
    [InlineData("""{"files":[1]}""")]
    [InlineData("""{"files":[{"size":0,"path":"x"}]}""")]
    [InlineData($$"""{"files":[{"sha":"{{Sha}}","path":"x"}]}""")]
    [InlineData($$"""{"files":[{"sha":"{{Sha}}","size":0}]}""")]
    [InlineData($$"""{"files":[{"sha":"{{Sha}}","size":-1,"path":"x"}]}""")]
    [InlineData($$"""{"files":[{"sha":"{{Sha}}","size":"0","path":"x"}]}""")]
    [InlineData($$"""{"files":[{"sha":"../x","size":0,"path":"x"}]}""")]
    [InlineData($$"""{"files":[{"sha":"{{Sha}}","size":0,"path":"x"},{"sha":"{{Sha}}","size":1,"path":"x"}]}""")]
    public async Task A_malformed_body_is_rejected_with_400(string body)
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.Client.PostTextAsync($"{ShamanCalls.Root}/checkout/requirements", body).IsRefusedAsync(400);
        await farm.Client.PostTextAsync($"{ShamanCalls.Root}/checkout/create", body).IsRefusedAsync(400);
    }

    [Fact]
    public async Task A_checkout_needs_a_path()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.Client.PostTextAsync($"{ShamanCalls.Root}/checkout/create", """{"files":[]}""").IsRefusedAsync(400);
        Assert.Equal("shot", (string)(await farm.CheckOutAsync("shot").IsJsonAsync())["checkoutPath"]!);
        await File.WriteAllTextAsync(Path.Combine(farm.SharedStorage, "jobs", "file"), "");
        await farm.CheckOutAsync("file/shot").IsRefusedAsync(409);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_file_path_without_hash_and_size_is_rejected_with_400(string method)
    {
        await using var farm = await TestFarm.StartAsync();
        foreach (var name in (string[])[$"{Sha[1..]}/1", $"{Sha[1..]}x/1", $"{Sha}/-1", $"{Sha}/x", $"{Sha}/99999999999999999999"])
        {
            var request = new HttpRequestMessage(new HttpMethod(method), $"{ShamanCalls.Root}/files/{name}");
            await farm.Client.SendAsync(request).IsRefusedAsync(400);
        }
    }

    [Fact]
    public async Task Garbage_is_collected_periodically()
    {
        await using var farm = await TestFarm.StartAsync(shaman: new ShamanSettings { Enabled = true, GarbageCollectMaxAge = TimeSpan.FromMinutes(1) });
        for (var collections = 0; collections < 2; collections++)
        {
            await farm.UploadAsync(Scene).IsEmptyAsync();
            while (await farm.StatusOfAsync(Scene) == "stored") farm.Time.Advance(TimeSpan.FromMinutes(10));
        }
    }

    private static async Task<string> SubmitAsync(TestFarm farm, string checkout) => (string)(await farm.SubmitAsync(new
    {
        name = "Shot",
        type = "echo-sleep-test",
        submitter_platform = "linux",
        storage = new { shaman_checkout_id = checkout },
    }))["id"]!;

    private static async Task RemoveAsync(TestFarm farm, string job)
    {
        await farm.Client.DeleteAsync($"/api/v3/jobs/{job}").IsEmptyAsync();
        await farm.Service<BulkUpdateService>().DrainAsync();
        await farm.Client.GetAsync($"/api/v3/jobs/{job}").IsRefusedAsync(404);
    }
}
