using Farm.Server.Contracts.Farm;
using Farm.Tests.Support;

namespace Farm.Tests.CommandLine;

/// <summary><c>farm audit</c> as a process, against a farm.</summary>
[Collection(ProcessCollection.Name)]
public sealed class AuditCommandTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private TestFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await TestFarm.StartAsync();

    public async Task DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }

    [LinuxFact]
    public async Task What_is_done_on_the_command_line_is_listed_as_that()
    {
        await SaysAsync("correct horse", "account", "add", "boss", "--role", "administrator");
        await _farm.SubmitEchoAsync(name: "shot");
        var list = await SaysAsync("", "audit");
        Assert.Matches(@"(?m)^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  127\.0\.0\.1, flamenco +job\.submit job ""shot"": 2 tasks of type echo-sleep-test, priority 50$", list);
        Assert.Matches(@"(?m)  administrator token at 127\.0\.0\.1, command line  account\.add account ""boss"": administrator$", list);
        Assert.DoesNotContain("job.submit", await SaysAsync("", "audit", "--verb", "account"));
        Assert.Equal("", await SaysAsync("", "audit", "--refused"));
        Assert.Single((await SaysAsync("", "audit", "--limit", "1")).TrimEnd().Split('\n'));
        var file = await SaysAsync("", "audit", "--csv", "--who", "administrator token");
        Assert.StartsWith(AuditCsv.Header.TrimEnd(), file);
        Assert.Contains(",account.add,", file);
    }

    private async Task<string> SaysAsync(string input, params string[] arguments)
    {
        await using var process = FarmProcess.StartWithInput(
            input, _directory.Path, [.. arguments, "--url", _farm.Client.BaseAddress!.ToString(), "--data", Path.Combine(_farm.Data, "farm")]);
        Assert.Equal((0, ""), (await process.ExitAsync(), process.Errors));
        return process.Output;
    }
}
