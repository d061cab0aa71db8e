using Farm.Server.CommandLine;
using Farm.Server.CommandLine.Service;
using Farm.Tests.Support;

namespace Farm.Tests.CommandLine.Service;

/// <summary>Calls to the Windows service manager. A script replaces its program, so these tests run where scripts need no extension.</summary>
public sealed class WindowsServiceTests : IDisposable
{
    private static readonly (string, int, string) Absent = ("query", 36, "[SC] EnumQueryServicesStatus:OpenService FAILED 1060:");

    private readonly FakeSystem _system = new();

    private ServiceSettings Settings => new((@"C:\Program Files\Farm\farm.exe", []), _system.Data, @"NT AUTHORITY\LocalService");

    public void Dispose() => _system.Dispose();

    private WindowsService Service(bool isAdministrator = true) => new(_system.Programs, isAdministrator);

    private static async Task RefusedAsync(string because, Func<Task> action) =>
        Assert.Contains(because, (await Assert.ThrowsAsync<CommandFailedException>(action)).Message);

    [LinuxFact]
    public void The_commands_of_a_dry_run() => Assert.Equal(
        $"""
        sc.exe create farm binPath= "\"C:\Program Files\Farm\farm.exe\" serve --data {_system.Data}" start= delayed-auto obj= "NT AUTHORITY\LocalService" DisplayName= Farm
        sc.exe description farm "A render and task farm."
        sc.exe failure farm reset= 86400 actions= restart/5000

        """,
        Service().Describe(Settings));

    [LinuxFact]
    public async Task Installing_grants_the_account_the_data_directory_and_starts_the_service()
    {
        _system.With("sc.exe", Absent).With("icacls.exe");
        await Service().InstallAsync(Settings, default);
        Assert.True(Directory.Exists(_system.Data));
        Assert.Equal(
            [
                "sc.exe|query|farm",
                $@"icacls.exe|{_system.Data}|/grant|NT AUTHORITY\LocalService:(OI)(CI)M",
                $@"sc.exe|create|farm|binPath=|""C:\Program Files\Farm\farm.exe"" serve --data {_system.Data}|start=|delayed-auto|obj=|NT AUTHORITY\LocalService|DisplayName=|Farm",
                "sc.exe|description|farm|A render and task farm.",
                "sc.exe|failure|farm|reset=|86400|actions=|restart/5000",
                "sc.exe|start|farm",
            ],
            _system.Calls);
    }

    [LinuxFact]
    public async Task Without_an_installation_status_and_remove_fail()
    {
        _system.With("sc.exe", Absent);
        await RefusedAsync("not installed", () => Service().StatusAsync(default));
        await RefusedAsync("not installed", () => Service().RemoveAsync(default));
    }

    [LinuxFact]
    public async Task A_stopped_service_can_be_removed()
    {
        _system.With("sc.exe", ("stop", 38, "[SC] ControlService FAILED 1062:"));
        await Service().RemoveAsync(default);
        Assert.Contains("sc.exe|delete|farm", _system.Calls);
    }

    [LinuxFact]
    public async Task A_service_that_cannot_be_stopped_is_not_removed()
    {
        _system.With("sc.exe", ("stop", 5, "[SC] ControlService FAILED 5:"));
        await RefusedAsync("cannot stop the service", () => Service().RemoveAsync(default));
        Assert.DoesNotContain("sc.exe|delete|farm", _system.Calls);
    }

    [LinuxFact]
    public async Task Only_an_administrator_can_install_and_remove()
    {
        _system.With("sc.exe").With("icacls.exe");
        await RefusedAsync("only an administrator", () => Service(isAdministrator: false).InstallAsync(Settings, default));
        await RefusedAsync("only an administrator", () => Service(isAdministrator: false).RemoveAsync(default));
        Assert.Empty(_system.Calls);
    }

    [LinuxFact]
    public async Task An_existing_installation_is_left_unchanged()
    {
        _system.With("sc.exe").With("icacls.exe");
        await RefusedAsync("already installed", () => Service().InstallAsync(Settings, default));
        Assert.Equal(["sc.exe|query|farm"], _system.Calls);
    }

    [LinuxFact]
    public async Task Removing_stops_and_deletes_the_service()
    {
        _system.With("sc.exe");
        await Service().RemoveAsync(default);
        Assert.Equal(["sc.exe|query|farm", "sc.exe|stop|farm", "sc.exe|delete|farm"], _system.Calls);
    }

    [LinuxFact]
    public async Task The_exit_code_of_status_shows_whether_the_service_runs()
    {
        _system.With("sc.exe", ("query", 0, "STATE : 4 RUNNING"));
        Assert.Equal(0, (await Service().StatusAsync(default)).ExitCode);
        _system.With("sc.exe", ("query", 0, "STATE : 1 STOPPED"));
        Assert.Equal(3, (await Service().StatusAsync(default)).ExitCode);
    }
}
