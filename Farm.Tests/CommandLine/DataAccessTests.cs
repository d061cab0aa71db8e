using System.Net;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Farm.Tests.Support;

namespace Farm.Tests.CommandLine;

/// <summary>Which accounts may read what a server writes, as processes: the mask of a process is one for all its threads.</summary>
[Collection(ProcessCollection.Name)]
[SupportedOSPlatform("linux")]
public sealed class DataAccessTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode PassOnly = Owner | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode File666 = (UnixFileMode)0x1B6;
    private const UnixFileMode Directory777 = (UnixFileMode)0x1FF;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [LinuxFact]
    public async Task Everything_in_the_data_directory_is_the_accounts_only_but_what_tasks_render_has_the_users_mask()
    {
        await using var demo = FarmProcess.Start(_directory.Path, "demo", "--urls", "http://127.0.0.1:0");
        await demo.LineAsync("2/24 active");
        await using (var backup = FarmProcess.Start(_directory.Path, "backup", "--data", "farm-data/demo", "--url", (await demo.AddressAsync()).ToString()))
            Assert.Equal((0, ""), (await backup.ExitAsync(), backup.Errors));

        var frame = Directory.GetFiles(_directory["farm-data/demo/output/sample"], "*.png", SearchOption.AllDirectories).Order().First();
        Assert.Equal(FileAccessOf.Usual(File666), File.GetUnixFileMode(frame));
        Assert.Equal(FileAccessOf.Usual(Directory777), File.GetUnixFileMode(Path.GetDirectoryName(frame)!));
        await demo.TerminateAsync();
        await demo.ExitAsync();

        Directory.Delete(_directory["farm-data/demo/output"], recursive: true);
        Assert.Empty(FileAccessOf.Open(_directory["farm-data"]));
        string[] expected = ["farm.db", "farm.id", "farm.lock", "administrator.token", "session.key", "demo-worker/credentials.json", "demo-worker/lock"];
        Assert.All(expected, name => Assert.True(File.Exists(_directory["farm-data/demo/" + name]) || name == "session.key", name));
        Assert.Single(Directory.GetDirectories(_directory["farm-data/demo/backups"]));
        Assert.NotEmpty(Directory.GetFiles(_directory["farm-data/demo/artifacts"], "*", SearchOption.AllDirectories));
    }

    [LinuxFact]
    public async Task A_data_directory_that_is_open_is_closed_at_the_start_and_the_log_says_so()
    {
        await ServeAsync();
        Assert.Empty(FileAccessOf.Open(_directory["farm-data"]));
        FileAccessOf.OpenAll(_directory["farm-data"]);
        await File.WriteAllTextAsync(_directory["farm-data/notes.txt"], "not Farm's");
        Directory.CreateDirectory(_directory["farm-data/backups/older"]);
        await File.WriteAllTextAsync(_directory["farm-data/backups/older/farm.db"], "");
        if (Directory.Exists(_directory["farm-data/shared"])) Directory.Delete(_directory["farm-data/shared"], recursive: true);

        Assert.Contains("was open to other accounts", await ServeAsync());

        var open = FileAccessOf.Open(_directory["farm-data"]);
        Assert.Single(open, path => path.Contains("notes.txt"));
        Assert.Single(open);
        Assert.DoesNotContain("was open to other accounts", await ServeAsync());
    }

    [LinuxFact]
    public async Task Others_may_pass_to_a_default_shared_storage_that_was_opened_for_them()
    {
        await ServeAsync();
        Directory.CreateDirectory(_directory["farm-data/shared"]);
        FileAccessOf.OpenAll(_directory["farm-data"]);

        await ServeAsync();

        Assert.Equal(PassOnly, File.GetUnixFileMode(_directory["farm-data"]));
        Assert.All(FileAccessOf.Open(_directory["farm-data"]).Skip(1), path => Assert.StartsWith(_directory["farm-data/shared"], path));
    }

    [LinuxFact]
    public async Task Files_in_a_shared_storage_elsewhere_are_as_open_as_it_is()
    {
        Directory.CreateDirectory(_directory["storage"]);
        Directory.CreateDirectory(_directory["farm-data"]);
        await File.WriteAllTextAsync(_directory["farm-data/farm.yaml"], $"shared_storage_path: {_directory["storage"]}\nshaman: {{enabled: true}}\n");
        await using (var server = Serve())
        {
            using var client = new HttpClient { BaseAddress = await server.AddressAsync() };
            var hash = Convert.ToHexStringLower(SHA256.HashData("blend"u8));
            using var blend = new ByteArrayContent("blend"u8.ToArray()) { Headers = { ContentType = new("application/octet-stream") } };
            using var sent = await client.PostAsync($"/api/v3/shaman/files/{hash}/5", blend);
            Assert.Equal(HttpStatusCode.NoContent, sent.StatusCode);
            await server.TerminateAsync();
            await server.ExitAsync();
        }

        var all = Directory.GetFileSystemEntries(_directory["storage"], "*", SearchOption.AllDirectories);
        Assert.All(all.Where(Directory.Exists), path => Assert.Equal(FileAccessOf.Usual(Directory777), File.GetUnixFileMode(path)));
        var files = all.Where(File.Exists).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, path => Assert.Equal(FileAccessOf.Usual(File666), File.GetUnixFileMode(path)));
        Assert.Empty(FileAccessOf.Open(_directory["farm-data"]));
    }

    private FarmProcess Serve() => FarmProcess.Start(_directory.Path, "serve", "--urls", "http://127.0.0.1:0");

    /// <summary>Starts a server and stops it.</summary>
    /// <returns>What it logged.</returns>
    private async Task<string> ServeAsync()
    {
        if (!Directory.Exists(_directory["farm-data"])) Directory.CreateDirectory(_directory["farm-data"]);
        await using var server = Serve();
        await server.AddressAsync();
        await server.TerminateAsync();
        await server.ExitAsync();
        return server.Output;
    }
}
