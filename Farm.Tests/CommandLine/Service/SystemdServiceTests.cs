using Farm.Server.CommandLine;
using Farm.Server.CommandLine.Service;
using Farm.Tests.Support;

namespace Farm.Tests.CommandLine.Service;

/// <summary>Calls to systemd and error messages.</summary>
public sealed class SystemdServiceTests : IDisposable
{
    private readonly FakeSystem _system = new();

    private ServiceSettings Settings => new(("/opt/farm", []), _system.Data, "render");

    private string Unit => Path.Combine(_system.Units, "farm.service");

    public void Dispose() => _system.Dispose();

    private SystemdService Service(bool isRoot = true) => new(_system.Programs, _system.Units, isRoot);

    private FakeSystem WholeSystem(params (string Argument, int ExitCode, string Says)[] ends) =>
        _system.With("systemctl", ends).With("id").With("chmod").With("chown");

    private async Task RefusedAsync(string because, Func<Task> action)
    {
        var refusal = await Assert.ThrowsAsync<CommandFailedException>(action);
        Assert.Contains(because, refusal.Message);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [LinuxFact]
    public async Task Installing_writes_the_unit_and_starts_it()
    {
        WholeSystem();
        await Service().InstallAsync(Settings, default);
        Assert.Equal(SystemdUnit.Text(Settings), await File.ReadAllTextAsync(Unit));
        Assert.True(Directory.Exists(_system.Data));
        Assert.Equal(
            [
                "id|-u|--|render", $"chmod|0700|--|{_system.Data}", $"chown|render:|--|{_system.Data}",
                "systemctl|daemon-reload", "systemctl|enable|farm.service", "systemctl|start|farm.service",
            ],
            _system.Calls);
    }

    [LinuxFact]
    public async Task An_existing_data_directory_keeps_its_owner()
    {
        WholeSystem();
        Directory.CreateDirectory(_system.Data);
        await Service().InstallAsync(Settings, default);
        Assert.DoesNotContain(_system.Calls, call => call.StartsWith("ch", StringComparison.Ordinal));
    }

    [LinuxFact]
    public async Task Without_systemd_nothing_is_installed()
    {
        await RefusedAsync("systemctl not found", () => Service().InstallAsync(Settings, default));
        Assert.False(File.Exists(Unit));
    }

    [LinuxFact]
    public async Task Only_root_can_install_and_remove()
    {
        WholeSystem();
        await RefusedAsync("only root can install services", () => Service(isRoot: false).InstallAsync(Settings, default));
        Assert.False(File.Exists(Unit));
        await File.WriteAllTextAsync(Unit, "");
        await RefusedAsync("only root can install services", () => Service(isRoot: false).RemoveAsync(default));
        Assert.True(File.Exists(Unit));
        Assert.Empty(_system.Calls);
    }

    [LinuxFact]
    public async Task An_existing_installation_is_left_unchanged()
    {
        WholeSystem();
        await File.WriteAllTextAsync(Unit, "mine");
        await RefusedAsync($"already installed ({Unit})", () => Service().InstallAsync(Settings, default));
        Assert.Equal("mine", await File.ReadAllTextAsync(Unit));
        Assert.Empty(_system.Calls);
    }

    [LinuxFact]
    public async Task A_missing_user_is_reported()
    {
        _system.With("systemctl").With("id", ("-u", 1, "no such user"));
        await RefusedAsync("user render does not exist: create it with \"useradd --system", () => Service().InstallAsync(Settings, default));
        Assert.False(File.Exists(Unit));
        Assert.False(Directory.Exists(_system.Data));
    }

    [LinuxFact]
    public async Task Paths_and_users_cannot_inject_lines_into_the_unit()
    {
        WholeSystem();
        await RefusedAsync("control characters", () => Service().InstallAsync(Settings with { Config = "/a\nExecStartPre=/bin/evil" }, default));
        await RefusedAsync("control characters", () => Service().InstallAsync(Settings with { User = "a\nb" }, default));
        Assert.False(File.Exists(Unit));
    }

    [LinuxFact]
    public async Task A_unit_that_systemd_rejects_is_removed()
    {
        WholeSystem(("enable", 1, "Failed to enable unit"));
        await RefusedAsync("\"systemctl enable farm.service\" failed: Failed to enable unit", () => Service().InstallAsync(Settings, default));
        Assert.False(File.Exists(Unit));
    }

    [LinuxFact]
    public async Task A_server_that_does_not_start_stays_installed_with_a_hint_to_the_journal()
    {
        WholeSystem(("start", 1, ""));
        await RefusedAsync("installed but did not start; see \"journalctl --unit farm\"", () => Service().InstallAsync(Settings, default));
        Assert.True(File.Exists(Unit));
    }

    [LinuxFact]
    public async Task Removing_stops_the_service_and_deletes_the_unit()
    {
        WholeSystem();
        await File.WriteAllTextAsync(Unit, "");
        await Service().RemoveAsync(default);
        Assert.False(File.Exists(Unit));
        Assert.Equal(["systemctl|disable|--now|farm.service", "systemctl|daemon-reload"], _system.Calls);
    }

    [LinuxFact]
    public async Task The_status_is_that_of_systemd()
    {
        WholeSystem(("status", 3, "inactive (dead)"));
        await File.WriteAllTextAsync(Unit, "");
        Assert.Equal(("inactive (dead)", 3), await Service(isRoot: false).StatusAsync(default));
    }

    [LinuxFact]
    public async Task Without_an_installation_status_and_remove_fail()
    {
        WholeSystem();
        await RefusedAsync("not installed", () => Service().StatusAsync(default));
        await RefusedAsync("not installed", () => Service().RemoveAsync(default));
    }
}
