using System.CommandLine;
using Farm.Server.CommandLine;
using Farm.Server.Store.Engine;
using Farm.Tests.Store.Engine.Move;
using Farm.Tests.Support;

namespace Farm.Tests.CommandLine;

/// <summary><c>farm move</c>.</summary>
public sealed class MoveTests : IDisposable
{
    private readonly TemporaryDirectory _temporary = new();

    private string Data => _temporary["data"];

    public void Dispose() => _temporary.Dispose();

    [PostgresFact]
    public async Task A_farm_moves_to_PostgreSQL_and_back()
    {
        var directory = new DataDirectory(Data);
        await FilledFarm.CreateAsync(directory);
        var original = FilledFarm.Content(directory);
        var address = TestDatabase.Postgres(Data);
        var shown = WithUser(address, "PASSWORD");

        var (output, errors) = await RunAsync(0, "--to", WithUser(address, "s3cret"));
        Assert.Equal("", errors);
        Assert.Matches(@"\ntasks +3\r?\n", output);
        Assert.Contains($"Moved {original.Count} rows in ", output);
        Assert.Contains($"1. Set this line in {_temporary["data/farm.yaml"]}:{Environment.NewLine}     database: {shown}", output);
        Assert.Contains($"3. {directory.Database} is unchanged", output);
        Assert.DoesNotContain("s3cret", output);
        Assert.Equal(original, FilledFarm.Content(directory));

        await File.WriteAllTextAsync(_temporary["data/farm.yaml"], $"database: {address}\n");
        (_, errors) = await RunAsync(1, "--to", "farm.db");
        Assert.Contains($"{directory.Database} exists already", errors);
        File.Move(directory.Database, _temporary["data/farm.db.moved"]);
        (output, errors) = await RunAsync(0, "--to", "farm.db");
        Assert.Equal("", errors);
        Assert.Contains($"1. Before the next start, remove the line \"database\" from {_temporary["data/farm.yaml"]}.", output);
        Assert.Contains($"DROP SCHEMA {address.Split('=')[^1]} CASCADE", output);
        Assert.Equal(original, FilledFarm.Content(directory));
    }

    [Theory]
    [InlineData("farm.db", "", "the farm is in farm.db already")]
    [InlineData("postgres://farm:s3cret@db/farm", "database: postgresql://other@db:5432/farm?schema=farm", "the farm is in this database already, because \"database\" in")]
    [InlineData("postgres://farm:s3cret@db/farm", "database: postgres://farm@db/farm?schema=other", "the farm is in another PostgreSQL database")]
    [InlineData("s3cret", "", "--to is farm.db or postgres://")]
    [InlineData("postgres://farm:s3cret@db", "", "names no host or no database")]
    [InlineData("postgres://farm:s3cret@db/farm", "", "There is no farm.db in")]
    public async Task A_wrong_way_is_rejected_in_one_line(string to, string settings, string reason)
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(_temporary["data/farm.yaml"], settings);
        var (_, errors) = await RunAsync(1, "--to", to);
        Assert.Contains(reason, errors);
        Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.DoesNotContain("s3cret", errors);
    }

    [Fact]
    public async Task A_running_farm_is_rejected()
    {
        var directory = new DataDirectory(Data);
        await FilledFarm.CreateEmptyAsync(directory);
        using var held = DirectoryLock.Acquire(directory);
        var (_, errors) = await RunAsync(1, "--to", "postgres://farm@127.0.0.1:1/farm");
        Assert.Contains($"Another server is using {Data}; stop it", errors);
    }

    [Fact]
    public async Task A_missing_data_directory_is_not_created()
    {
        var (_, errors) = await RunAsync(1, "--to", "postgres://farm@127.0.0.1:1/farm");
        Assert.Contains("data directory not found", errors);
        Assert.False(Directory.Exists(Data));
    }

    private static string WithUser(string address, string password)
    {
        var uri = new Uri(address);
        return $"postgres://{uri.UserInfo.Split(':')[0]}:{password}@{uri.Authority}{uri.PathAndQuery}";
    }

    private async Task<(string Output, string Errors)> RunAsync(int expected, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await FarmCommandLine.Create().Parse(["move", "--data", Data, .. arguments])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = errors });
        Assert.True(code == expected, $"{code}: {errors}");
        return (output.ToString(), errors.ToString());
    }
}
