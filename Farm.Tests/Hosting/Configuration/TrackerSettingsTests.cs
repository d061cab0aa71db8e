using System.Text.Json.Nodes;
using Farm.Server.Contracts;
using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.TaskTracker;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Operations.Configuration;
using Microsoft.Extensions.Configuration;

namespace Farm.Tests.Hosting.Configuration;

/// <summary>The settings of task_tracker (Contracts/TaskTracker/Contract.md section 5.11).</summary>
public sealed class TrackerSettingsTests
{
    private static readonly ModuleSettings<TrackerSettings> Section = new();

    [Fact]
    public void An_empty_section_gives_the_defaults()
    {
        var settings = Read([]);
        Assert.Equal(("/api", "tt", TimeSpan.FromHours(8)), (settings.ApiPrefix, settings.Cookie, settings.SessionLifetime));
        Assert.Equal(["master"], settings.Branches);
        var projects = settings.Projects;
        Assert.Equal(
            (TimeSpan.FromSeconds(120), TimeSpan.FromHours(400), TimeSpan.FromMinutes(5), TimeSpan.FromHours(1)),
            (projects.SnapshotInterval, projects.SnapshotHistory, projects.ReclaimInterval, projects.AssignTime));
        Assert.Equal(ProjectLogLevel.Trace, projects.LogLevel);
        Assert.Equal([ProjectLogLevel.Error, ProjectLogLevel.Warn, ProjectLogLevel.Info], projects.StoredLogLevels);
    }

    [Fact]
    public void Settings_are_read_and_round_trip()
    {
        var settings = Read(new()
        {
            ["api_prefix"] = "",
            ["cookie"] = "who",
            ["session_lifetime"] = "30m",
            ["branches"] = "main, release/1",
            ["snapshot_interval"] = "10s",
            ["snapshot_history"] = "1h",
            ["reclaim_interval"] = "1m",
            ["assign_time"] = "2h",
            ["log_level"] = "warn",
            ["stored_log_levels:0"] = "Trace",
            ["stored_log_levels:1"] = "error",
            ["kept_log_lines"] = "7",
        });
        Assert.Equal(("", "who", TimeSpan.FromMinutes(30)), (settings.ApiPrefix, settings.Cookie, settings.SessionLifetime));
        Assert.Equal(["main", "release/1"], settings.Branches);
        Assert.Equal([ProjectLogLevel.Error, ProjectLogLevel.Trace], settings.Projects.StoredLogLevels);
        Assert.Equal((ProjectLogLevel.Warn, 7), (settings.Projects.LogLevel, settings.Projects.KeptLogLines));

        var document = new JsonObject();
        Section.Write(settings, document);
        Assert.Equal(Section.Keys.Select(key => key.Name).Order(), document.Select(entry => entry.Key).Order());
        var again = new JsonObject();
        Section.Write(Read(SettingsDocument.Flatten(document)), again);
        Assert.True(JsonNode.DeepEquals(document, again), $"{document} {again}");
    }

    [Fact]
    public void An_empty_list_of_stored_log_levels_stores_none() => Assert.Empty(Read(new() { ["stored_log_levels"] = "" }).Projects.StoredLogLevels);

    [Theory]
    [InlineData("api_prefix", "api")]
    [InlineData("cookie", "a b")]
    [InlineData("cookie", "")]
    [InlineData("session_lifetime", "0")]
    [InlineData("session_lifetime", "long")]
    [InlineData("snapshot_interval", "0")]
    [InlineData("assign_time", "0")]
    [InlineData("log_level", "loud")]
    [InlineData("log_level", "5")]
    [InlineData("stored_log_levels", "info, loud")]
    [InlineData("kept_log_lines", "0")]
    [InlineData("branch", "main")]
    public void An_invalid_setting_is_rejected_by_name(string key, string value) =>
        Assert.Contains(key, Assert.Throws<SettingException>(() => Read(new() { [key] = value })).Message);

    private static TrackerSettings Read(Dictionary<string, string?> values)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            values.Select(pair => KeyValuePair.Create($"contracts:task_tracker:{pair.Key}", pair.Value))).Build();
        return (TrackerSettings)ContractSettings.Read(configuration.GetSection("contracts"), ProtocolModules.All)["task_tracker"].Own!;
    }
}
