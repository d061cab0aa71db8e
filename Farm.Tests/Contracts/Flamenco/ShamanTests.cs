using Farm.Server.Operations.Configuration;
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
    public async Task What_the_add_on_does_from_the_first_question_to_the_job_and_its_removal()
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
    public async Task A_checkout_stays_while_another_job_works_in_it_above_it_or_below_it(string removed, string other)
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
    public async Task Where_Shaman_is_off_all_four_say_503_and_nothing_is_removed_with_a_job()
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
    public async Task Neither_a_file_nor_a_checkout_gets_out_of_its_directory(string path)
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
    public async Task A_body_that_does_not_have_the_form_is_refused_with_400(string body)
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.Client.PostTextAsync($"{ShamanCalls.Root}/checkout/requirements", body).IsRefusedAsync(400);
        await farm.Client.PostTextAsync($"{ShamanCalls.Root}/checkout/create", body).IsRefusedAsync(400);
    }

    [Fact]
    public async Task A_checkout_needs_a_place()
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
    public async Task A_file_that_is_not_named_by_hash_and_size_is_refused_with_400(string method)
    {
        await using var farm = await TestFarm.StartAsync();
        foreach (var name in (string[])[$"{Sha[1..]}/1", $"{Sha[1..]}x/1", $"{Sha}/-1", $"{Sha}/x", $"{Sha}/99999999999999999999"])
        {
            var request = new HttpRequestMessage(new HttpMethod(method), $"{ShamanCalls.Root}/files/{name}");
            await farm.Client.SendAsync(request).IsRefusedAsync(400);
        }
    }

    [Fact]
    public async Task Garbage_is_collected_by_the_clock()
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
