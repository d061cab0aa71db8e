using Farm.Server.CommandLine.Service;
using Farm.Tests.Support;

namespace Farm.Tests.CommandLine.Service;

public class SystemdUnitTests
{
    private static readonly ServiceSettings Settings = new(("/opt/farm", []), "/var/lib/farm", "farm");

    private static string[] Lines(ServiceSettings settings) => SystemdUnit.Text(settings).Split('\n');

    [Fact]
    public void The_unit_file() => Snapshot.Verify(SystemdUnit.Text(Settings));

    [Fact]
    public void Options_are_passed_to_the_server()
    {
        var lines = Lines(Settings with { Config = "/etc/farm.yaml", Urls = "http://*:80", User = "render" });
        Assert.Contains("""ExecStart="/opt/farm" "serve" "--data" "/var/lib/farm" "--config" "/etc/farm.yaml" "--urls" "http://*:80" "--restart-exit-code" "75" """.Trim(), lines);
        Assert.Contains("User=render", lines);
    }

    [Theory]
    [InlineData("/tmp/farm", "no")]
    [InlineData("/var/tmp/farm", "no")]
    [InlineData("/tmpfarm", "yes")]
    public void Data_in_a_temporary_directory_is_not_hidden_from_the_server(string data, string isPrivate) =>
        Assert.Contains($"PrivateTmp={isPrivate}", Lines(Settings with { Data = data }));

    [Fact]
    public void A_server_run_by_dotnet_is_started_the_same_way() => Assert.Contains(
        """ExecStart="/usr/bin/dotnet" "/src/farm.dll" "serve" "--data" "/var/lib/farm" "--restart-exit-code" "75" """.Trim(),
        Lines(Settings with { Program = ("/usr/bin/dotnet", ["/src/farm.dll"]) }));

    [Fact]
    public void Special_characters_of_systemd_in_a_path_are_escaped()
    {
        var lines = Lines(Settings with { Data = """/srv/100% "mine" $HOME\x""" });
        Assert.Contains("""ExecStart="/opt/farm" "serve" "--data" "/srv/100%% \"mine\" $$HOME\\x" "--restart-exit-code" "75" """.Trim(), lines);
        Assert.Contains("""WorkingDirectory=/srv/100%% "mine" $HOME\x""", lines);
        Assert.Contains("""ReadWritePaths="/srv/100%% \"mine\" $HOME\\x" """.Trim(), lines);
    }
}
