using Farm.Tests.Support;

namespace Farm.Tests.CommandLine;

/// <summary><c>farm demo</c> as a process.</summary>
[Collection(ProcessCollection.Name)]
public sealed class DemoTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [CtrlCFact]
    public async Task It_draws_frames_without_any_other_program_and_stops_cleanly()
    {
        await using var demo = FarmProcess.Start(_directory.Path, "demo", "--urls", "http://127.0.0.1:0");
        await demo.Line("Blender is not on the PATH");
        await demo.Line("3/24 active");

        Pictures.AreValid(_directory["farm-demo/output/sample"], atLeast: 3);
        using (var client = new HttpClient { BaseAddress = await demo.Address() })
            Assert.Contains("last-rendered", await client.GetStringAsync("/api/v3/jobs/last-rendered"));

        await demo.Interrupt();
        Assert.Equal(0, await demo.Exit());
        Assert.Contains("Stopping.", demo.Output);
        Assert.Equal("", demo.Errors);
    }
}
