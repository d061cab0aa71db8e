using Farm.Server.Hosting.Configuration;
using Farm.Server.Operations;
using Farm.Tests.Support;

namespace Farm.Tests.Hosting.Configuration;

/// <summary>Changes of the settings file while the farm runs.</summary>
public sealed class HotReloadTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ListLogger<CurrentSettings> _log = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Safe_changes_apply_at_once_and_others_are_logged_as_needing_a_restart()
    {
        var settings = Start("task_timeout: 5m");
        Write("{task_timeout: 20m, manager_name: Castle, listen: ':9999', variables: {storage: {values: [{platform: linux, value: /mnt}]}}}");
        settings.Reload();
        Assert.Equal(TimeSpan.FromMinutes(20), settings.Limits.CurrentValue.TaskTimeout);
        Assert.Equal(("Castle", "Castle"), (settings.Settings.CurrentValue.ManagerName, settings.ManagerName));
        Assert.Contains(settings.Variables.CurrentValue.Configured, variable => variable.Name == "storage");
        Assert.Equal([":8080"], settings.Settings.CurrentValue.Listen);
        Assert.Contains(_log.Lines, line => line.Contains("Settings applied") && line.Contains("task_timeout") && !line.Contains("listen"));
        Assert.Contains(_log.Lines, line => line.Contains("after a restart: listen"));
    }

    [Fact]
    public void An_invalid_file_changes_nothing_and_the_reason_is_logged()
    {
        var settings = Start("task_timeout: 5m");
        Write("task_timeout: ten minutes");
        settings.Reload();
        Assert.Equal(TimeSpan.FromMinutes(5), settings.Limits.CurrentValue.TaskTimeout);
        Assert.Contains(_log.Lines, line => line.Contains("task_timeout") && line.Contains("Ignored") && line.Contains("farm.yaml:1: "));
        Write("task_timeout: 6m");
        settings.Reload();
        Assert.Equal(TimeSpan.FromMinutes(6), settings.Limits.CurrentValue.TaskTimeout);
    }

    [Fact]
    public void Deleting_the_file_restores_the_defaults()
    {
        var settings = Start("task_timeout: 5m");
        File.Delete(_directory["farm.yaml"]);
        settings.Reload();
        Assert.Equal(new FarmLimits().TaskTimeout, settings.Limits.CurrentValue.TaskTimeout);
    }

    [Fact]
    public void Ignored_keys_are_logged()
    {
        Start(
            """
            _meta: {version: 3}
            database: flamenco-manager.sqlite
            database_check_period: 10m0s
            local_manager_storage_path: ./storage
            mqtt: {client: {enabled: true, broker: "tcp://broker", username: u, password: s3cr3t}}
            """);
        foreach (var key in new[] { "database:", "database_check_period:", "local_manager_storage_path:", "mqtt:" })
            Assert.Contains(_log.Lines, line => line.Contains(key));
        Assert.DoesNotContain(_log.Lines, line => line.Contains("s3cr3t"));
    }

    [Fact]
    public void Ignored_keys_that_are_disabled_are_not_logged()
    {
        Start("{_meta: {version: 3}, database_check_period: 0s, mqtt: {client: {enabled: false}}}");
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void The_address_of_a_database_is_kept_when_settings_are_replaced_and_is_never_logged()
    {
        var settings = Start("database: postgres://farm:s3cret@db/farm");
        var document = settings.Read();
        document["manager_name"] = "Renamed";
        settings.Replace(document);
        Assert.Contains("postgres://farm:s3cret@db/farm", File.ReadAllText(_directory["farm.yaml"]));
        document["database"] = "postgres://farm:s3cret@other/farm";
        settings.Replace(document);
        Assert.Contains(_log.Lines, line => line.Contains("after a restart: database"));
        Assert.DoesNotContain(_log.Lines, line => line.Contains("s3cret"));
    }

    private CurrentSettings Start(string yaml)
    {
        File.WriteAllText(_directory["farm.yaml"], yaml);
        var source = new SettingsSource(_directory["farm.yaml"], "/own");
        return new CurrentSettings(source, source.Read(), _log);
    }

    /// <summary>Writes a different length each time, since the file time may not have changed.</summary>
    private void Write(string yaml) => File.WriteAllText(_directory["farm.yaml"], yaml + new string('\n', (int)new FileInfo(_directory["farm.yaml"]).Length));
}
