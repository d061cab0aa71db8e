using System.Net.Http.Json;
using Farm.Server.Domain.Variables;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>How the farm is set up, as anybody may ask (Contracts/Flamenco/Contract.md sections 6.1 and 8).</summary>
public sealed class ConfigurationTests
{
    private const string Check = "/api/v3/configuration/check/shared-storage";

    private static readonly Variable[] Studio =
    [
        new("blender", false, [new(VariableAudience.All, ["linux"], "blender"), new(VariableAudience.Workers, ["windows"], "B:\\blender.exe")]),
        new("storage", true,
        [
            new(VariableAudience.All, ["linux"], "/shared"), new(VariableAudience.Workers, ["windows"], @"\\nas\farm"), new(VariableAudience.Users, ["windows"], "S:"),
        ]),
    ];

    [Fact]
    public async Task The_configuration_in_brief()
    {
        await using var farm = await TestFarm.StartAsync();
        Snapshot.Verify((await farm.Client.GetStringAsync("/api/v3/configuration")).Replace(farm.Data, "/data", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Variables_depend_on_audience_and_platform()
    {
        await using var farm = await TestFarm.StartAsync(variables: Studio);
        Snapshot.Verify(await farm.Client.GetStringAsync("/api/v3/configuration/variables/workers/windows"));
        Assert.Equal("S:", (string)(await farm.GetAsync("/api/v3/configuration/variables/users/windows"))["storage"]!["value"]!);
        Assert.Equal(["jobs"], (await farm.GetAsync("/api/v3/configuration/variables/users/plan9")).Select(variable => variable.Key));
    }

    [Fact]
    public async Task The_shared_storage_path_depends_on_the_platform_including_UNC()
    {
        await using var farm = await TestFarm.StartAsync(variables: Studio);
        Snapshot.Verify(await farm.Client.GetStringAsync("/api/v3/configuration/shared-storage/users/windows"));
        Assert.Equal(@"\\nas\farm", (string)(await farm.GetAsync("/api/v3/configuration/shared-storage/workers/windows"))["location"]!);
        Assert.Equal("/shared", (string)(await farm.GetAsync("/api/v3/configuration/shared-storage/users/darwin"))["location"]!);
    }

    [Theory]
    [InlineData("/api/v3/configuration/variables/cats/linux")]
    [InlineData("/api/v3/configuration/variables/all/linux")]
    [InlineData("/api/v3/configuration/shared-storage/Workers/linux")]
    public async Task An_unknown_audience_is_rejected(string path)
    {
        await using var farm = await TestFarm.StartAsync();
        Assert.Contains("audience", await farm.Client.GetAsync(path).IsRefusedAsync(400));
    }

    [Fact]
    public async Task A_writable_directory_can_be_the_shared_storage_and_is_left_clean()
    {
        await using var farm = await TestFarm.StartAsync();
        using var directory = new TemporaryDirectory();
        var answer = await farm.Client.PostAsJsonAsync(Check, new { path = directory.Path }).IsJsonAsync();
        Assert.Equal(directory.Path, (string)answer["path"]!);
        Assert.True((bool)answer["is_usable"]!, (string)answer["cause"]!);
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory.Path));
    }

    [Fact]
    public async Task An_unusable_shared_storage_path_is_reported_with_a_cause()
    {
        await using var farm = await TestFarm.StartAsync();
        Snapshot.Verify(await farm.Client.PostAsJsonAsync(Check, new { path = @"\\nas\farm" }).IsJsonAsync());
        var file = Path.Combine(farm.Data, "farm", "administrator.token");
        foreach (var path in new[] { "", " ", "relative/path", "/does/not/exist", "//nas/farm", file, AppContext.BaseDirectory, "/proc" })
        {
            var answer = await farm.Client.PostAsJsonAsync(Check, new { path }).IsJsonAsync();
            Assert.False((bool)answer["is_usable"]!, path);
            Assert.NotEqual("", (string)answer["cause"]!);
        }

        await farm.Client.PostTextAsync(Check, "{}").IsRefusedAsync(400);
    }

    [Fact]
    public async Task The_Blender_addon_gets_its_four_responses()
    {
        await using var farm = await TestFarm.StartAsync();
        foreach (var path in new[] { "version", "configuration/shared-storage/users/linux", "jobs/types", "worker-mgt/tags" })
            await farm.Client.GetAsync($"/api/v3/{path}").IsJsonAsync();
    }
}
