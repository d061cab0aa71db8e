using Farm.Server.CommandLine;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;

namespace Farm.Tests.CommandLine;

/// <summary><c>farm demo</c> as a process.</summary>
[Collection(ProcessCollection.Name)]
public sealed class DemoTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [CtrlCFact]
    public async Task It_renders_frames_without_other_programs_and_stops_cleanly()
    {
        await using var demo = FarmProcess.Start(_directory.Path, "demo", "--urls", "http://127.0.0.1:0");
        Assert.StartsWith("Farm demo: a render farm with one worker", await demo.LineAsync("Farm demo"));
        Assert.Equal("The dashboard will be at 127.0.0.1, on a port that is chosen at the start.", await demo.LineAsync("dashboard"));
        Assert.Contains(_directory["farm-data/demo"], await demo.LineAsync("delete that directory to remove the demo"));
        await demo.LineAsync("Blender is not on the PATH");
        await demo.LineAsync("3/24 active");

        RenderedFrames.AssertValid(_directory["farm-data/demo/output/sample"], atLeast: 3);
        using (var client = new HttpClient { BaseAddress = await demo.AddressAsync() })
            Assert.Contains("last-rendered", await client.GetStringAsync("/api/v3/jobs/last-rendered"));

        await demo.InterruptAsync();
        Assert.Equal(0, await demo.ExitAsync());
        Assert.Contains("Stopping.", demo.Output);
        Assert.Equal("", demo.Errors);
        Assert.StartsWith("Farm demo", demo.Output);
        // The repository ignores this directory, so that a demo's secrets are never committed.
        Assert.Equal([_directory["farm-data"]], Directory.GetFileSystemEntries(_directory.Path));
    }

    [Theory]
    [InlineData(null, "The dashboard will be at http://127.0.0.1:8080/.")]
    [InlineData("http://0.0.0.0:9000;http://[::]:9000", "The dashboard will be at http://127.0.0.1:9000/.")]
    [InlineData("http://*:9000", "The dashboard will be at http://*:9000.")]
    public void The_banner_shows_the_dashboard_url(string? urls, string line) =>
        Assert.Contains(line, DemoBanner.Text(new DataDirectory(_directory["data"]), config: null, urls).ReplaceLineEndings("\n").Split('\n'));
}
