using Farm.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Farm.Tests.CommandLine;

/// <summary><c>farm serve</c> as a process: start, stop and errors at startup.</summary>
[Collection(ProcessCollection.Name)]
public sealed class ServeTests : IDisposable
{
    private static readonly string[] AnyPort = ["--urls", "http://127.0.0.1:0"];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [CtrlCFact]
    public async Task Ctrl_C_stops_the_server_cleanly()
    {
        await using var server = Serve();
        await server.AddressAsync();

        await server.InterruptAsync();

        Assert.Equal(0, await server.ExitAsync());
        Assert.Equal("", server.Errors);
        Assert.False(File.Exists(_directory["farm-data/farm.db-wal"]));
    }

    [Fact]
    public async Task An_unknown_setting_is_reported_in_one_line()
    {
        Directory.CreateDirectory(_directory["farm-data"]);
        await File.WriteAllTextAsync(_directory["farm-data/farm.yaml"], "manager_nam: Studio\n");
        await CannotStartAsync("manager_nam");
    }

    [Fact]
    public async Task Invalid_yaml_is_reported_in_one_line()
    {
        await File.WriteAllTextAsync(_directory["mine.yaml"], "manager_name: [\n");
        await CannotStartAsync("mine.yaml", "--config", "mine.yaml");
    }

    [Fact]
    public Task A_missing_settings_file_is_reported() => CannotStartAsync("settings file not found: absent.yaml", "--config", "absent.yaml");

    [Fact]
    public Task An_invalid_address_is_reported_in_one_line() => CannotStartAsync("nonsense", "--urls", "nonsense");

    [Fact]
    public async Task A_database_of_a_newer_farm_is_reported_in_one_line()
    {
        await using (var server = Serve())
        {
            await server.AddressAsync();
            await server.KillAsync();
        }

        using (var database = new SqliteConnection($"Data Source={_directory["farm-data/farm.db"]};Pooling=False"))
        {
            database.Open();
            using var newer = database.CreateCommand();
            newer.CommandText = "PRAGMA user_version = 999";
            newer.ExecuteNonQuery();
        }

        await CannotStartAsync("was written by a newer version");
    }

    [Fact]
    public async Task A_port_in_use_is_reported_in_one_line()
    {
        await using var first = Serve();
        var address = await first.AddressAsync();
        await CannotStartAsync("cannot listen", "--data", "other", "--urls", address.ToString());
    }

    private FarmProcess Serve(params string[] arguments) => FarmProcess.Start(_directory.Path, ["serve", .. AnyPort, .. arguments]);

    private async Task CannotStartAsync(string because, params string[] arguments)
    {
        string[] where = arguments.Contains("--urls") ? [] : AnyPort;
        await using var server = FarmProcess.Start(_directory.Path, ["serve", .. where, .. arguments]);
        Assert.Equal(1, await server.ExitAsync());
        CommandError.AssertOneLine(server, because);
    }
}
