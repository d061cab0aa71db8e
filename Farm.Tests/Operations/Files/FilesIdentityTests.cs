using Farm.Server.Operations.Files;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Managers;
using Farm.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farm.Tests.Operations.Files;

/// <summary>All managers of a database use the same files (Docs/postgresql.md).</summary>
public sealed class FilesIdentityTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _temporary = new();
    private readonly StoreFarm _farm;

    public FilesIdentityTests() => _farm = new StoreFarm(_temporary["farm"]);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _farm.DisposeAsync();
        _temporary.Dispose();
    }

    [Fact]
    public async Task Managers_that_use_one_directory_are_accepted_at_every_start()
    {
        Directory.CreateDirectory(_temporary["files"]);
        await Manager("one", "files").CheckAsync();
        await Manager("one", "files").CheckAsync();
        await Manager("two", "files").CheckAsync();
        Assert.Equal(Id(), File.ReadAllText(_temporary["files/farm-files.id"]).Trim());
        Assert.Single(Directory.GetFiles(_temporary["files"]));
    }

    [Fact]
    public async Task A_manager_with_its_own_data_directory_is_told_to_set_shared_files()
    {
        await Manager("farm").CheckAsync();
        await Manager("farm").CheckAsync();
        Directory.CreateDirectory(_temporary["two"]);
        var refused = await RefusedAsync(Manager("two"));
        Assert.Contains($"{_temporary["two/farm-files.id"]} is missing. Set shared_files to a directory that all managers mount", refused);
        Assert.Empty(Directory.GetFiles(_temporary["two"]));
    }

    [Fact]
    public async Task A_directory_that_is_not_mounted_is_refused()
    {
        Directory.CreateDirectory(_temporary["files"]);
        await Manager("one", "files").CheckAsync();
        Directory.CreateDirectory(_temporary["mount"]);
        Assert.StartsWith($"{_temporary["mount"]} is not the directory that the farm's other managers use", await RefusedAsync(Manager("two", "mount")));
    }

    [Fact]
    public async Task The_directory_of_another_farm_is_refused()
    {
        Directory.CreateDirectory(_temporary["files"]);
        File.WriteAllText(_temporary["files/farm-files.id"], $"{Guid.NewGuid()}\n");
        Assert.StartsWith($"{_temporary["files"]} belongs to a farm with another database", await RefusedAsync(Manager("one", "files")));

        File.Delete(_temporary["files/farm-files.id"]);
        await Manager("one", "files").CheckAsync();
        File.WriteAllText(_temporary["files/farm-files.id"], $"{Guid.NewGuid()}\n");
        Assert.StartsWith($"{_temporary["files"]} belongs to another farm than the database", await RefusedAsync(Manager("one", "files")));
    }

    [Fact]
    public async Task A_directory_that_does_not_exist_is_refused() =>
        Assert.StartsWith($"The directory {_temporary["files"]} of the setting shared_files does not exist", await RefusedAsync(Manager("one", "files")));

    [Fact]
    public async Task A_directory_that_cannot_be_written_is_refused()
    {
        if (!Directory.Exists("/proc/self")) return;
        Assert.StartsWith("Cannot write to /proc/self", await RefusedAsync(new FilesIdentity(
            _farm.Store, new DataDirectory(_temporary["one"], "/proc/self"), NullLogger<FilesIdentity>.Instance)));
    }

    [Fact]
    public async Task An_interrupted_first_start_is_taken_over()
    {
        Directory.CreateDirectory(_temporary["files"]);
        var id = Guid.NewGuid();
        File.WriteAllText(_temporary["files/farm-files.id"], $"{id} new\n");
        await Manager("one", "files").CheckAsync();
        Assert.Equal($"{id}", Id());
        Assert.Equal($"{id}\n", File.ReadAllText(_temporary["files/farm-files.id"]));
    }

    [Fact]
    public async Task Managers_that_start_at_once_for_the_first_time_agree()
    {
        Directory.CreateDirectory(_temporary["files"]);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => Manager($"{i}", "files").CheckAsync())));
        Assert.Equal(Id(), File.ReadAllText(_temporary["files/farm-files.id"]).Trim());
        Assert.Single(Directory.GetFiles(_temporary["files"]));
    }

    [Fact]
    public async Task Of_two_managers_that_start_at_once_with_different_directories_one_is_refused()
    {
        Directory.CreateDirectory(_temporary["a"]);
        Directory.CreateDirectory(_temporary["b"]);
        var outcomes = await Task.WhenAll(
            new[] { "a", "b" }.Select(files => Task.Run(() => Record.ExceptionAsync(() => Manager(files, files).CheckAsync()))));
        Assert.Single(outcomes, outcome => outcome is null);
        Assert.Single(outcomes, outcome => outcome is StoreException);
    }

    private FilesIdentity Manager(string data, string? sharedFiles = null) => new(
        _farm.Store, new DataDirectory(_temporary[data], sharedFiles is null ? null : _temporary[sharedFiles]), NullLogger<FilesIdentity>.Instance);

    private static async Task<string> RefusedAsync(FilesIdentity manager) => (await Assert.ThrowsAsync<StoreException>(manager.CheckAsync)).Message;

    private string Id() => $"{new Guid(_farm.Store.Read(db => FarmKeyTable.Find(db, "files"))!)}";
}
