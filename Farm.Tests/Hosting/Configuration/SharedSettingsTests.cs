using System.Text.Json.Nodes;
using Farm.Server.CommandLine;
using Farm.Server.Domain;
using Farm.Server.Hosting;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Operations.Configuration;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;

namespace Farm.Tests.Hosting.Configuration;

/// <summary>Settings with <c>shared_files</c>: those of the machine are in the manager's own file, the others in one that all managers read.</summary>
public sealed class SharedSettingsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ListLogger<CurrentSettings> _log = new();

    public SharedSettingsTests() => Directory.CreateDirectory(_directory["files"]);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Settings_of_the_machine_and_of_the_farm_are_read_from_their_files()
    {
        OfFarm("{manager_name: Castle, shared_storage_path: /mnt/farm}");
        var settings = Manager("one", "listen: ':9000'").Read();
        Assert.Equal((":9000", "Castle", "/mnt/farm"), (settings.Listen.Single(), settings.ManagerName, settings.SharedStoragePath));
        Assert.Equal(_directory["files"], settings.SharedFiles);
    }

    [Fact]
    public void The_default_storage_is_in_the_shared_directory() =>
        Assert.Equal(_directory["files/shared"], Manager("one", "").Read().SharedStoragePath);

    [Theory]
    [InlineData("manager_name: Castle", "manager_name", "belongs to the farm")]
    [InlineData("shaman: {enabled: false}", "shaman", "belongs to the farm")]
    [InlineData("variables: {x: {values: [{platform: linux, value: y}]}}", "variables", "belongs to the farm")]
    [InlineData("lisen: ':80'", "lisen", "Unknown setting; expected one of database, shared_files, listen, certificate, certificate_key, certificate_password_file, autodiscoverable")]
    public void Other_settings_in_the_own_file_are_refused_by_name(string yaml, string key, string reason)
    {
        var refused = Assert.Throws<SettingException>(() => Manager("one", yaml).Read()).Message;
        Assert.StartsWith($"{_directory["one/farm.yaml"]}:2: setting {key}: {reason}", refused);
        if (reason.StartsWith("belongs")) Assert.Contains($"move it to {_directory["files/farm.yaml"]}, which all managers read", refused);
    }

    [Theory]
    [InlineData("database: postgres://db/farm", "database")]
    [InlineData("shared_files: /mnt/other", "shared_files")]
    [InlineData("listen: ':80'", "listen")]
    [InlineData("certificate: self-signed", "certificate")]
    [InlineData("autodiscoverable: false", "autodiscoverable")]
    public void Settings_of_the_machine_in_the_shared_file_are_refused_by_name(string yaml, string key)
    {
        OfFarm(yaml);
        Assert.StartsWith(
            $"{_directory["files/farm.yaml"]}:1: setting {key}: belongs to one machine, not to the farm", Assert.Throws<SettingException>(() => Manager("one", "").Read()).Message);
    }

    [Fact]
    public void An_invalid_value_is_located_in_its_file()
    {
        OfFarm("task_timeout: ten");
        Assert.StartsWith($"{_directory["files/farm.yaml"]}:1: ", Assert.Throws<SettingException>(() => Manager("one", "").Read()).Message);
        OfFarm("");
        Assert.StartsWith($"{_directory["one/farm.yaml"]}:2: ", Assert.Throws<SettingException>(() => Manager("one", "listen: x").Read()).Message);
    }

    [Fact]
    public void A_relative_path_is_refused()
    {
        File.WriteAllText(_directory["farm.yaml"], "shared_files: files");
        Assert.Contains("shared_files: \"files\" must be an absolute path", Assert.Throws<SettingException>(() => SettingsFile.Read(null, new DataDirectory(_directory.Path))).Message);
    }

    [Fact]
    public void Shared_files_are_refused_with_SQLite()
    {
        var options = new FarmHostOptions(new DataDirectory(_directory["one"], _directory["files"]));
        Assert.Contains("shared_files: \"" + _directory["files"] + "\" needs a PostgreSQL database", Assert.Throws<SettingException>(() => FarmHost.Build(options)).Message);
    }

    [Fact]
    public void A_replacement_is_written_to_the_shared_file_and_read_by_another_manager()
    {
        OfFarm("{manager_name: Castle, task_timeout: 5m}");
        var (one, two) = (Start("one", "listen: ':9000'"), Start("two", "listen: ':9001'"));
        var own = File.ReadAllText(_directory["one/farm.yaml"]);
        var document = one.Read();
        document["manager_name"] = "Renamed";
        document["task_timeout"] = "20m0s";
        one.Replace(document);

        Assert.Equal("Renamed", one.ManagerName);
        Assert.Equal(own, File.ReadAllText(_directory["one/farm.yaml"]));
        Assert.DoesNotContain("listen", File.ReadAllText(_directory["files/farm.yaml"]));
        two.Reload();
        Assert.Equal(("Renamed", TimeSpan.FromMinutes(20)), (two.ManagerName, two.Limits.CurrentValue.TaskTimeout));
        Assert.Equal(":9001", (string)two.Read()["listen"]!);
        Assert.Equal([_directory["files/farm.yaml"]], Directory.GetFiles(_directory["files"]));
        Assert.DoesNotContain(_log.Lines, line => line.StartsWith("Error"));
    }

    [Fact]
    public void A_replacement_of_the_same_length_within_the_resolution_of_file_times_is_noticed()
    {
        OfFarm("manager_name: Castle");
        var (one, two) = (Start("one", ""), Start("two", ""));
        var time = File.GetLastWriteTimeUtc(_directory["files/farm.yaml"]);
        OfFarm("manager_name: Palace");
        File.SetLastWriteTimeUtc(_directory["files/farm.yaml"], time);
        one.Reload();
        Assert.Equal("Palace", one.ManagerName);
        Assert.Equal("Palace", (string)two.Read()["manager_name"]!);
    }

    [Fact]
    public void Concurrent_replacements_leave_one_of_them_whole()
    {
        var managers = Enumerable.Range(0, 4).Select(i => Start($"{i}", "")).ToList();
        Parallel.For(0, 40, i =>
        {
            var document = managers[i % managers.Count].Read();
            document["manager_name"] = $"farm {i}";
            document["blocklist_threshold"] = 100 + i;
            managers[i % managers.Count].Replace(document);
        });
        foreach (var manager in managers) manager.Reload();
        var number = managers[0].Limits.CurrentValue.Failures.BlocklistThreshold - 100;
        Assert.All(managers, manager => Assert.Equal((100 + number, $"farm {number}"), (manager.Limits.CurrentValue.Failures.BlocklistThreshold, manager.ManagerName)));
        Assert.Equal([_directory["files/farm.yaml"]], Directory.GetFiles(_directory["files"]));
    }

    [Theory]
    [InlineData("listen", ":9999")]
    [InlineData("database", "postgres://db/other")]
    [InlineData("shared_files", "/mnt/other")]
    public void A_change_of_a_setting_of_the_machine_is_refused_by_name(string key, string value)
    {
        var settings = Start("one", "");
        var document = settings.Read();
        document[key] = value;
        var refused = Assert.Throws<FarmException>(() => settings.Replace(document));
        Assert.Equal(ErrorKind.Invalid, refused.Kind);
        Assert.Equal($"setting {key}: belongs to this machine; change it in {_directory["one/farm.yaml"]} and restart the server", refused.Message);
        Assert.False(File.Exists(_directory["files/farm.yaml"]));
    }

    [Fact]
    public void Shared_files_cannot_be_set_while_the_farm_runs()
    {
        var source = new SettingsSource(_directory["farm.yaml"], "/own");
        var settings = new CurrentSettings(source, source.Read(), _log);
        Assert.Contains("shared_files", Assert.Throws<FarmException>(() => settings.Replace(new JsonObject { ["shared_files"] = "/mnt/farm" })).Message);
    }

    [Fact]
    public void Settings_stay_while_the_directory_is_away()
    {
        File.WriteAllText(_directory["files/farm-files.id"], "");
        OfFarm("manager_name: Castle");
        var settings = Start("one", "");
        Directory.Move(_directory["files"], _directory["away"]);
        Directory.CreateDirectory(_directory["files"]);
        settings.Reload();
        settings.Reload();
        Assert.Equal("Castle", settings.ManagerName);
        Assert.Single(_log.Lines, line => line.Contains("the settings stay as they are"));

        Directory.Delete(_directory["files"]);
        Directory.Move(_directory["away"], _directory["files"]);
        File.Delete(_directory["files/farm.yaml"]);
        settings.Reload();
        Assert.Equal("Farm", settings.ManagerName);
    }

    private void OfFarm(string yaml) => File.WriteAllText(_directory["files/farm.yaml"], yaml);

    private SettingsSource Manager(string name, string yaml)
    {
        Directory.CreateDirectory(_directory[name]);
        File.WriteAllText(_directory[$"{name}/farm.yaml"], $"shared_files: {_directory["files"]}\n{yaml}");
        return SettingsFile.Find(null, new DataDirectory(_directory[name]));
    }

    private CurrentSettings Start(string name, string yaml)
    {
        var source = Manager(name, yaml);
        return new CurrentSettings(source, source.Read(), _log);
    }
}
