using System.Net;
using Farm.Server.Hosting;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Operations.Files;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Farm.Tests.Hosting;

/// <summary>A server whose files are in the directory of the setting <c>shared_files</c>.</summary>
public sealed class SharedFilesTests : IDisposable
{
    private readonly TemporaryDirectory _temporary = new();

    public SharedFilesTests() => Directory.CreateDirectory(_temporary["files"]);

    public void Dispose() => _temporary.Dispose();

    [PostgresFact]
    public async Task The_files_of_the_farm_are_shared_and_those_of_the_machine_are_not()
    {
        await using var server = await StartAsync("one", _temporary["files"]);
        using var client = new HttpClient { BaseAddress = new Uri(server.Urls.Single()) };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v3/version")).StatusCode);
        await server.Services.GetRequiredService<ContentStore>().PutAsync(new MemoryStream([1]), 10, CancellationToken.None);
        Assert.Equal(["artifacts", "farm-files.id", "secrets.key", "templates"], Names("files"));
        Assert.Equal(["administrator.token", "farm.lock", "logs", "setup.code"], Names("one").Except(["session.key"]));
        await server.StopAsync();
    }

    [PostgresFact]
    public async Task A_second_manager_with_the_same_directory_starts_and_one_without_it_is_refused()
    {
        await using (var first = await StartAsync("one", _temporary["files"])) await first.StopAsync();
        await using (var second = await StartAsync("two", _temporary["files"])) await second.StopAsync();
        Assert.Contains("Set shared_files to a directory", (await Assert.ThrowsAsync<StoreException>(() => StartAsync("three", null))).Message);
        await using var again = await StartAsync("one", _temporary["files"]);
        await again.StopAsync();
    }

    private async Task<WebApplication> StartAsync(string data, string? sharedFiles)
    {
        var server = FarmHost.Build(new FarmHostOptions(new DataDirectory(_temporary[data], sharedFiles))
        {
            Urls = "http://127.0.0.1:0",
            Database = TestDatabase.Postgres(_temporary["database"]),
            Settings = new FarmSettings { Autodiscoverable = false, SharedStoragePath = _temporary["storage"] },
            Console = TextWriter.Null,
        });
        await server.StartAsync();
        return server;
    }

    private IEnumerable<string> Names(string directory) => Directory.GetFileSystemEntries(_temporary[directory]).Select(path => Path.GetFileName(path)).Order();
}
