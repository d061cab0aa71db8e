using Farm.Server.Contracts.Flamenco.Domain;
using Farm.Server.Contracts.Flamenco.Operations.Shaman;

namespace Farm.Tests.Contracts.Flamenco.Operations.Shaman;

/// <summary>Two managers use one shared storage.</summary>
public sealed class SharedStorageTests : IDisposable
{
    private static readonly SampleFile Sample = new("x");
    private static readonly TimeSpan Old = TimeSpan.FromDays(32);
    private readonly ShamanFixture _one = new(isShared: true);
    private readonly ShamanFixture _two;

    public SharedStorageTests() => _two = new ShamanFixture(_one);

    public void Dispose() => _one.Dispose();

    [Fact]
    public async Task Checkouts_with_one_name_get_different_directories()
    {
        await _one.SendAsync(Sample);
        string? second = null;
        _one.Checkouts.BeforeMove = _ =>
        {
            _one.Checkouts.BeforeMove = static _ => { };
            second = _two.CheckOut("shot", Sample).Path;
        };
        var first = _one.CheckOut("shot", Sample).Path!;
        Assert.Equal("shot", second);
        Assert.Matches("^shot-[a-z0-9]{4}$", first);
        Assert.Equal("x", File.ReadAllText(_one.InCheckouts($"{first}/file.txt")));
        Assert.Single(Directory.GetFileSystemEntries(_one.InCheckouts("shot")));
        Assert.Empty(_one.Unfinished());
    }

    [Fact]
    public async Task A_checkout_is_moved_to_its_place_when_another_manager_removed_the_parent()
    {
        await _one.SendAsync(Sample);
        _one.CheckOut("project/old", Sample);
        _one.Checkouts.BeforeMove = _ =>
        {
            _one.Checkouts.BeforeMove = static _ => { };
            _two.Checkouts.Remove("project/old");
            Assert.False(Directory.Exists(_one.InCheckouts("project")));
        };
        Assert.Equal("project/new", _one.CheckOut("project/new", Sample).Path);
        Assert.Equal("x", File.ReadAllText(_one.InCheckouts("project/new/file.txt")));
    }

    [Fact]
    public async Task Files_that_were_removed_during_a_checkout_are_reported_missing()
    {
        await _one.SendAsync(Sample);
        _one.Checkouts.BeforeCheck = () =>
        {
            File.SetLastWriteTimeUtc(_one.Storage.PathOf(Sample.Key), (_one.Time.GetUtcNow() - Old).UtcDateTime);
            Assert.True(_two.Files.SetAside.Take(Sample.Key, _two.Time.GetUtcNow() - TimeSpan.FromDays(31)));
        };
        var refused = _one.CheckOut("shot", Sample);
        Assert.Null(refused.Path);
        Assert.Equal([Sample.Key], refused.Missing);
        Assert.False(Directory.Exists(_one.InCheckouts("shot")));
        Assert.Empty(_one.Unfinished());

        _one.Checkouts.BeforeCheck = static () => { };
        Assert.Equal(UploadOutcome.Stored, await _one.SendAsync(Sample));
        Assert.Equal("shot", _one.CheckOut("shot", Sample).Path);
    }

    [Fact]
    public async Task A_file_that_was_checked_out_since_it_was_found_unused_is_put_back()
    {
        await _one.SendAsync(Sample);
        _one.Time.Advance(Old);
        _two.Files.SetAside.BeforeRename = () => Assert.Equal("shot", _one.CheckOut("shot", Sample).Path);
        _two.Garbage.Collect();
        Assert.Equal("x", File.ReadAllText(_one.InCheckouts("shot/file.txt")));
        Assert.Empty(Directory.GetFiles(_one.Storage.Removed));
    }

    [Fact]
    public async Task A_file_in_use_is_put_back_when_the_manager_that_set_it_aside_died()
    {
        await _one.SendAsync(Sample);
        _one.Time.Advance(Old);
        var since = _one.Time.GetUtcNow() - TimeSpan.FromDays(31);
        Assert.True(_two.Files.SetAside.Take(Sample.Key, since));
        var aside = Directory.GetFiles(_one.Storage.Removed).Single();
        File.SetLastWriteTimeUtc(aside, since.UtcDateTime.AddDays(1));
        _one.Garbage.FinishRemovals();
        Assert.Equal(FileStatus.Unknown, _one.StatusOf(Sample));
        _one.Time.Advance(SetAsideFiles.Delay);
        _one.Garbage.FinishRemovals();
        Assert.Equal(FileStatus.Stored, _one.StatusOf(Sample));
        Assert.Empty(Directory.GetFiles(_one.Storage.Removed));
    }

    [Fact]
    public async Task An_unused_file_is_deleted_a_while_after_it_was_set_aside()
    {
        await _one.SendAsync(Sample);
        _one.Time.Advance(Old);
        _two.Garbage.Collect();
        Assert.Equal(FileStatus.Unknown, _one.StatusOf(Sample));
        Assert.Single(Directory.GetFiles(_one.Storage.Removed));
        _one.Time.Advance(SetAsideFiles.Delay);
        _one.Garbage.FinishRemovals();
        Assert.Empty(Directory.GetFiles(_one.Storage.Removed));
        Assert.False(Directory.Exists(Path.GetDirectoryName(_one.Storage.PathOf(Sample.Key))));
        Assert.Equal(UploadOutcome.Stored, await _two.SendAsync(Sample));
    }

    [Fact]
    public void An_upload_to_another_manager_is_seen_until_it_dies()
    {
        Directory.CreateDirectory(_one.Storage.Uploading);
        var received = _two.Storage.NewUploadPath(Sample.Key);
        File.WriteAllText(received, "");
        File.SetLastWriteTimeUtc(received, _one.Time.GetUtcNow().UtcDateTime);
        Assert.Equal(FileStatus.Uploading, _one.StatusOf(Sample));
        Assert.Equal(FileStatus.Uploading, _one.Checkouts.Requirements([Sample.AsFile]).Single().Status);
        Assert.Equal(UploadStart.InProgress, _one.Files.BeginUpload(Sample.Key, canDefer: true));
        Assert.Equal(FileStatus.Unknown, _one.StatusOf(new SampleFile("y")));

        _one.Time.Advance(ShamanFileStore.UploadTimeout + TimeSpan.FromSeconds(1));
        Assert.Equal(FileStatus.Unknown, _one.StatusOf(Sample));
        Assert.Equal(UploadStart.Started, _one.Files.BeginUpload(Sample.Key, canDefer: true));
    }

    [Fact]
    public async Task Unfinished_work_of_another_manager_is_kept_until_it_is_old()
    {
        await _one.SendAsync(Sample);
        Directory.CreateDirectory(Path.Combine(_one.Storage.Uploading, "checkout-9.tmp"));
        File.WriteAllText(Path.Combine(_one.Storage.Uploading, "half.tmp"), "half");
        File.SetLastWriteTimeUtc(Path.Combine(_one.Storage.Uploading, "half.tmp"), _one.Time.GetUtcNow().UtcDateTime);
        Directory.SetLastWriteTimeUtc(Path.Combine(_one.Storage.Uploading, "checkout-9.tmp"), _one.Time.GetUtcNow().UtcDateTime);
        _two.Garbage.RemoveUnfinished();
        Assert.Equal(2, _one.Unfinished().Length);
        _one.Time.Advance(ShamanGarbageCollector.UnfinishedAge + TimeSpan.FromSeconds(1));
        _two.Garbage.Collect();
        Assert.Empty(_one.Unfinished());
    }

    [Fact]
    public async Task Concurrent_checkouts_of_two_managers_get_different_directories()
    {
        await _one.SendAsync(Sample);
        var paths = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(i => Task.Run(() => (i % 2 == 0 ? _one : _two).CheckOut("shot", Sample).Path!)));
        Assert.Equal(16, paths.Distinct().Count());
        Assert.Equal(paths.Order(), Directory.GetDirectories(_one.Storage.Checkouts).Select(path => Path.GetFileName(path)!).Order());
    }
}
