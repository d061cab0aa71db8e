using Farm.Tests.Support;

namespace Farm.Tests.CommandLine.Service;

/// <summary><c>farm service</c> as a process, on a machine without any other programs.</summary>
[Collection(ProcessCollection.Name)]
public sealed class ServiceCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [LinuxFact]
    public async Task A_dry_run_prints_the_unit_and_changes_nothing()
    {
        await using var farm = FarmProcess.Start(_directory.Path, "service", "install", "--dry-run", "--user", "render", "--data", "studio", "--config", "farm.yaml");
        Assert.Equal((0, ""), (await farm.ExitAsync(), farm.Errors));
        Assert.Contains("\nType=notify\n", farm.Output);
        Assert.Contains("\nUser=render\n", farm.Output);
        Assert.Contains($" \"serve\" \"--data\" \"{_directory["studio"]}\" \"--config\" \"{_directory["farm.yaml"]}\" \"--restart-exit-code\" \"75\"\n", farm.Output);
        Assert.Empty(Directory.GetFileSystemEntries(_directory.Path));
    }

    [LinuxTheory]
    [InlineData("systemctl not found", "install", "--data", "studio")]
    [InlineData("the service is not installed", "remove")]
    [InlineData("the service is not installed", "status")]
    public async Task A_failure_is_reported_in_one_line(string because, params string[] arguments)
    {
        await using var farm = FarmProcess.Start(_directory.Path, ["service", .. arguments]);
        Assert.Equal(1, await farm.ExitAsync());
        CommandError.AssertOneLine(farm, because);
    }
}
