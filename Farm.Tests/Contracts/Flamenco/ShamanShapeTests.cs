using System.Runtime.CompilerServices;
using Farm.Server.Contracts.Shared;
using Farm.Tests.Contracts.Flamenco.Operations.Shaman;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>Every shape of answer of Shaman, as clients get it.</summary>
public sealed class ShamanShapeTests
{
    private static readonly SampleFile Scene = new("a scene", "shot/scene.blend");

    [Fact]
    public Task Files_to_upload() => PinAsync(async farm =>
    {
        var big = SampleFile.OfSize(200_000, path: "tex/wood.exr");
        await farm.BeginUploadAsync(big);
        return await farm.RequireAsync(Scene, big);
    });

    [Fact]
    public Task No_files_to_upload() => PinAsync(async farm =>
    {
        await farm.UploadAsync(Scene).IsEmptyAsync();
        return await farm.RequireAsync(Scene);
    });

    [Fact]
    public Task A_checkout() => PinAsync(async farm =>
    {
        await farm.UploadAsync(Scene).IsEmptyAsync();
        return await farm.CheckOutAsync("project/shot-10", Scene);
    });

    [Fact]
    public Task A_checkout_with_missing_files() => PinAsync(farm => farm.CheckOutAsync("shot-10", Scene));

    [Fact]
    public Task An_unknown_file() => PinAsync(farm => farm.Client.GetAsync(ShamanCalls.PathOf(Scene)));

    [Fact]
    public Task A_stored_file() => PinAsync(async farm =>
    {
        await farm.UploadAsync(Scene).IsEmptyAsync();
        return await farm.Client.GetAsync(ShamanCalls.PathOf(Scene));
    });

    [Fact]
    public Task A_file_with_the_wrong_content() => PinAsync(farm => farm.UploadAsync(Scene, content: new ByteArrayContent("another"u8.ToArray())));

    [Fact]
    public Task Shaman_disabled() => PinAsync(farm => farm.RequireAsync(Scene), new ShamanSettings { Enabled = false });

    private static async Task PinAsync(
        Func<TestFarm, Task<HttpResponseMessage>> ask, ShamanSettings? shaman = null, [CallerMemberName] string test = "")
    {
        await using var farm = await TestFarm.StartAsync(shaman: shaman);
        using var answer = await ask(farm);
        Snapshot.Verify(await answer.Content.ReadAsStringAsync(), test: test);
    }
}
