using System.CommandLine;
using Farm.Server.CommandLine;
using Farm.Tests.Support;

namespace Farm.Tests.CommandLine;

/// <summary><c>farm config</c>.</summary>
public sealed class ConfigTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Each_setting_shows_its_source()
    {
        var file = Settings(
            """
            manager_name: Castle
            shaman:
              enabled: false
            mqtt: {client: {enabled: true, password: s3cr3t}}
            variables:
              storage:
                is_twoway: true
                values: [{platform: linux, value: /mnt}]
            """);
        var (lines, errors) = await RunAsync("--urls", "http://127.0.0.1:9000");
        Assert.Contains($"manager_name: \"Castle\"  # {file}:1", lines);
        Assert.Contains($"shaman.enabled: false  # {file}:3", lines);
        Assert.Contains("shaman.garbageCollect.period: \"24h0m0s\"  # default", lines);
        Assert.Contains($$"""variables.storage: {"is_twoway":true,"values":[{"platform":"linux","value":"/mnt"}]}  # {{file}}:6""", lines);
        Assert.Contains("task_timeout: \"10m0s\"  # default", lines);
        Assert.Contains("listen: \"http://127.0.0.1:9000\"  # command line", lines);
        Assert.Contains("mqtt: not used", errors);
        Assert.DoesNotContain("s3cr3t", errors + string.Concat(lines));
    }

    [Fact]
    public async Task Without_a_file_all_settings_are_defaults()
    {
        var (lines, errors) = await RunAsync();
        Assert.All(lines, line => Assert.EndsWith("  # default", line));
        Assert.Equal("", errors);
    }

    [Fact]
    public async Task The_address_of_the_database_is_shown_without_its_password()
    {
        var file = Settings("database: postgres://farm:s3cret@db.lan/farm");
        var (lines, errors) = await RunAsync();
        Assert.Contains($"database: \"postgres://farm@db.lan/farm\"  # {file}:1", lines);
        Assert.Equal("", errors);
    }

    [Fact]
    public async Task With_shared_files_each_setting_shows_its_file()
    {
        Directory.CreateDirectory(_directory["files"]);
        var file = Settings($"database: postgres://db.lan/farm\nshared_files: {_directory["files"]}");
        File.WriteAllText(_directory["files/farm.yaml"], "manager_name: Castle");
        var (lines, _) = await RunAsync();
        Assert.Contains($"database: \"postgres://db.lan/farm\"  # {file}:1", lines);
        Assert.Contains($"shared_files: \"{_directory["files"]}\"  # {file}:2", lines);
        Assert.Contains($"manager_name: \"Castle\"  # {_directory["files/farm.yaml"]}:1", lines);
        Assert.Contains("listen: \":8080\"  # default", lines);
    }

    private string Settings(string yaml)
    {
        File.WriteAllText(_directory["farm.yaml"], yaml);
        return _directory["farm.yaml"];
    }

    private async Task<(string[] Lines, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await FarmCommandLine.Create().Parse(["config", "--data", _directory.Path, .. arguments])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = errors });
        Assert.Equal(0, code);
        return (output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries), errors.ToString());
    }
}
