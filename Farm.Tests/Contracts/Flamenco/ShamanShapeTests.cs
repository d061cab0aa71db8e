using System.Runtime.CompilerServices;
using Farm.Server.Operations.Configuration;
using Farm.Tests.Contracts.Flamenco.Operations.Shaman;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>Every shape of answer of Shaman, as clients get it.</summary>
public sealed class ShamanShapeTests
{
    private static readonly SampleFile Scene = new("a scene", "shot/scene.blend");

    [Fact]
    public Task Files_that_have_to_be_sent() => Pin(async farm =>
    {
        var big = SampleFile.OfSize(200_000, path: "tex/wood.exr");
        await farm.BeginUpload(big);
        return await farm.Require(Scene, big);
    });

    [Fact]
    public Task No_files_that_have_to_be_sent() => Pin(async farm =>
    {
        await farm.Upload(Scene).IsEmpty();
        return await farm.Require(Scene);
    });

    [Fact]
    public Task A_checkout() => Pin(async farm =>
    {
        await farm.Upload(Scene).IsEmpty();
        return await farm.CheckOut("project/shot-10", Scene);
    });

    [Fact]
    public Task A_checkout_whose_files_are_missing() => Pin(farm => farm.CheckOut("shot-10", Scene));

    [Fact]
    public Task A_file_that_is_unknown() => Pin(farm => farm.Client.GetAsync(ShamanCalls.PathOf(Scene)));

    [Fact]
    public Task A_file_that_is_stored() => Pin(async farm =>
    {
        await farm.Upload(Scene).IsEmpty();
        return await farm.Client.GetAsync(ShamanCalls.PathOf(Scene));
    });

    [Fact]
    public Task A_file_that_is_another_one() => Pin(farm => farm.Upload(Scene, content: new ByteArrayContent("another"u8.ToArray())));

    [Fact]
    public Task Shaman_that_is_off() => Pin(farm => farm.Require(Scene), new ShamanSettings { Enabled = false });

    private static async Task Pin(
        Func<TestFarm, Task<HttpResponseMessage>> ask, ShamanSettings? shaman = null, [CallerMemberName] string test = "")
    {
        await using var farm = await TestFarm.Start(shaman: shaman);
        using var answer = await ask(farm);
        Snapshot.Verify(await answer.Content.ReadAsStringAsync(), test: test);
    }
}
