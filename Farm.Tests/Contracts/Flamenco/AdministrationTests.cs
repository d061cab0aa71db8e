using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Farm.Server.Hosting.Configuration;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>The settings of the farm and its machine, for administrators only (Contracts/Flamenco/Contract.md sections 6.1, 9 and 12.5).</summary>
public sealed class AdministrationTests
{
    private const string ConfigurationFile = "/api/v3/configuration/file";
    private const string Blender = "/api/v3/configuration/check/blender";
    private const string Setup = "/api/v3/configuration/setup-assistant";

    [Theory]
    [InlineData("GET", ConfigurationFile)]
    [InlineData("PUT", ConfigurationFile)]
    [InlineData("GET", Blender)]
    [InlineData("POST", Blender)]
    [InlineData("POST", Setup)]
    public async Task Others_are_rejected_before_the_body_is_read(string method, string path)
    {
        await using var farm = await TestFarm.StartAsync();
        foreach (var credentials in new[] { null, "Bearer", "Bearer ", "Bearer 0123456789abcdef", "Basic OjA=" })
        {
            var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (method != "GET") request.Content = new StringContent("{ no json");
            if (credentials is not null) request.Headers.TryAddWithoutValidation("Authorization", credentials);
            await farm.Client.SendAsync(request).IsRefusedAsync(403);
        }

        Assert.False(File.Exists(SettingsOf(farm)));
    }

    [Fact]
    public async Task The_whole_configuration()
    {
        await using var farm = await TestFarm.StartAsync();
        var storage = new { is_twoway = true, values = new object[] { new { audience = "users", platforms = new[] { "linux", "darwin" }, value = "/mnt" } } };
        await farm.AsAdministratorAsync(HttpMethod.Put, ConfigurationFile, new
        {
            shared_storage_path = "/mnt/farm",
            shaman = new { enabled = true },
            hosts = new[] { "farm.studio" },
            worker_timeout = "1h30m1.5s",
            variables = new { storage },
        }).IsEmptyAsync();
        Snapshot.Verify(await ReadAsync(farm));
    }

    [Fact]
    public async Task Writing_back_the_configuration_changes_nothing()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.AsAdministratorAsync(HttpMethod.Put, ConfigurationFile, new { manager_name = "Castle", networks = new[] { "any" } }).IsEmptyAsync();
        var before = await ReadAsync(farm);
        var file = await File.ReadAllTextAsync(SettingsOf(farm));
        await farm.AsAdministratorAsync(HttpMethod.Put, ConfigurationFile, before).IsEmptyAsync();
        Assert.Equal(before.ToJsonString(), (await ReadAsync(farm)).ToJsonString());
        Assert.Contains("manager_name: \"Castle\"", file);
        Assert.DoesNotContain("task_timeout", file);
    }

    [Fact]
    public async Task A_new_configuration_is_saved_and_safe_settings_apply_at_once()
    {
        await using var farm = await TestFarm.StartAsync();
        var settings = await ReadAsync(farm);
        settings["manager_name"] = "Render Castle";
        settings["advertised_version"] = "3.9";
        settings["task_timeout"] = "20m0s";
        settings["listen"] = "127.0.0.1:9999";
        settings["variables"]!["storage"] = JsonNode.Parse("""{"is_twoway":true,"values":[{"platform":"windows","value":"S:/farm/"},{"platform":"linux","value":"/mnt"}]}""");
        await farm.AsAdministratorAsync(HttpMethod.Put, ConfigurationFile, settings).IsEmptyAsync();

        var version = await farm.GetAsync("/api/v3/version");
        Assert.Equal(("Render Castle", "3.9"), ((string)version["name"]!, (string)version["shortversion"]!));
        Assert.Equal("S:/farm", (string)(await farm.GetAsync("/api/v3/configuration/variables/workers/windows"))["storage"]!["value"]!);
        var read = await ReadAsync(farm);
        Assert.Equal(("20m0s", "127.0.0.1:9999"), ((string)read["task_timeout"]!, (string)read["listen"]!));
        var onDisk = new SettingsSource(SettingsOf(farm), "/own").Read();
        Assert.Equal(("Render Castle", TimeSpan.FromMinutes(20), "127.0.0.1:9999"), (onDisk.ManagerName, onDisk.Limits.TaskTimeout, onDisk.Listen.Single()));
        Assert.DoesNotContain("mqtt", await File.ReadAllTextAsync(SettingsOf(farm)));

        await File.AppendAllTextAsync(SettingsOf(farm), "worker_timeout: 7m\n");
        Assert.Equal(TimeSpan.FromMinutes(7), new SettingsSource(SettingsOf(farm), "/own").Read().Limits.WorkerTimeout);
    }

    [Theory]
    [InlineData("""{"task_timeout":"ten"}""", "task_timeout")]
    [InlineData("""{"manager_nmae":"x"}""", "manager_nmae")]
    [InlineData("""{"blocklist_threshold":0}""", "blocklist_threshold")]
    [InlineData("""{"_meta":{"version":4}}""", "_meta:version")]
    [InlineData("""{"variables":{"x":{"values":[]}}}""", "variables:x")]
    [InlineData("[]", "object")]
    public async Task An_invalid_configuration_is_rejected_by_key_and_changes_nothing(string body, string says)
    {
        await using var farm = await TestFarm.StartAsync();
        var before = (await ReadAsync(farm)).ToJsonString();
        Assert.Contains(says, await farm.AsAdministratorAsync(HttpMethod.Put, ConfigurationFile, JsonNode.Parse(body)).IsRefusedAsync(400));
        Assert.Equal(before, (await ReadAsync(farm)).ToJsonString());
        Assert.False(File.Exists(SettingsOf(farm)));
    }

    [Fact]
    public async Task A_configuration_that_cannot_be_written_changes_nothing()
    {
        await using var farm = await TestFarm.StartAsync();
        Directory.CreateDirectory(SettingsOf(farm));
        await farm.AsAdministratorAsync(HttpMethod.Put, ConfigurationFile, new { manager_name = "Other" }).IsRefusedAsync(503);
        Assert.Equal("Farm", (string)(await farm.GetAsync("/api/v3/version"))["name"]!);
    }

    [Fact]
    public async Task The_setup_assistant_sets_only_storage_and_Blender()
    {
        await using var farm = await TestFarm.StartAsync();
        using var storage = new TemporaryDirectory();
        await farm.AsAdministratorAsync(HttpMethod.Put, ConfigurationFile, new { manager_name = "Castle" }).IsEmptyAsync();
        Assert.True((bool)(await farm.GetAsync("/api/v3/configuration"))["isFirstRun"]!);
        await farm.AsAdministratorAsync(HttpMethod.Post, Setup, Chosen(storage.Path, "path_envvar", path: "/opt/blender/blender")).IsEmptyAsync();
        Assert.False((bool)(await farm.GetAsync("/api/v3/configuration"))["isFirstRun"]!);
        var read = await ReadAsync(farm);
        Assert.Equal(("Castle", storage.Path), ((string)read["manager_name"]!, (string)read["shared_storage_path"]!));
        Assert.Equal("/opt/blender/blender", (string)(await farm.GetAsync($"/api/v3/configuration/variables/workers/{VariableSettings.OwnPlatform}"))["blender"]!["value"]!);
        await farm.AsAdministratorAsync(HttpMethod.Post, Setup, Chosen(storage.Path, "input_path", input: "my-blender")).IsEmptyAsync();
        await farm.AsAdministratorAsync(HttpMethod.Post, Setup, Chosen(storage.Path, "default")).IsEmptyAsync();
        Assert.Equal("my-blender", (string)(await farm.GetAsync($"/api/v3/configuration/variables/workers/{VariableSettings.OwnPlatform}"))["blender"]!["value"]!);
    }

    [Fact]
    public async Task The_setup_assistant_rejects_unusable_settings()
    {
        await using var farm = await TestFarm.StartAsync();
        using var storage = new TemporaryDirectory();
        foreach (var body in new[]
        {
            Chosen("/does/not/exist", "default"), Chosen(storage.Path, "default", usable: false), Chosen(storage.Path, "guess"), Chosen(storage.Path, "input_path"),
            new { storageLocation = storage.Path }, new { },
        })
        {
            await farm.AsAdministratorAsync(HttpMethod.Post, Setup, body).IsRefusedAsync(400);
        }

        Assert.False(File.Exists(SettingsOf(farm)));
    }

    [Fact]
    public async Task Blender_is_found_and_checked_without_running_it()
    {
        await using var farm = await TestFarm.StartAsync();
        using var directory = new TemporaryDirectory();
        var (program, trace) = (directory["blender"], directory["was-run"]);
        await File.WriteAllTextAsync(program, $"#!/bin/sh\ntouch {trace}\n");
        Assert.False((bool)(await CheckBlenderAsync(farm, program))["is_usable"]! && !OperatingSystem.IsWindows());
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var found = await CheckBlenderAsync(farm, program);
        Snapshot.Verify(Regex.Replace(found.ToJsonString(), Regex.Escape(directory.Path), "/directory"));
        Assert.False(File.Exists(trace));
        foreach (var input in new[] { "", "no-such-program-anywhere", "relative/blender", directory["none"] })
            Assert.False((bool)(await CheckBlenderAsync(farm, input))["is_usable"]!, input);
        using var answer = await farm.AsAdministratorAsync(HttpMethod.Get, Blender);
        Assert.IsType<JsonArray>(JsonNode.Parse(await answer.Content.ReadAsStringAsync()));
        await farm.AsAdministratorAsync(HttpMethod.Post, Blender, new { }).IsRefusedAsync(400);
    }

    private static string SettingsOf(TestFarm farm) => Path.Combine(farm.Data, "farm", "farm.yaml");

    private static Task<JsonObject> ReadAsync(TestFarm farm) => farm.AsAdministratorAsync(HttpMethod.Get, ConfigurationFile).IsJsonAsync();

    private static Task<JsonObject> CheckBlenderAsync(TestFarm farm, string path) => farm.AsAdministratorAsync(HttpMethod.Post, Blender, new { path }).IsJsonAsync();

    private static object Chosen(string storage, string source, string input = "", string path = "", bool usable = true) => new
    {
        storageLocation = storage,
        blenderExecutable = new { input, path, source, is_usable = usable, cause = "" },
    };
}
