using System.Security.Cryptography;
using System.Text;
using Farm.Server.Domain;
using Farm.Server.Operations;
using Farm.Server.Operations.Files;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Files;

public sealed class ContentStoreTests : IAsyncLifetime
{
    private static readonly byte[] Hello = Encoding.UTF8.GetBytes("hello");

    private readonly TemporaryDirectory _directory = new();
    private ContentFixture _farm = null!;

    public Task InitializeAsync()
    {
        _farm = new ContentFixture(_directory["farm"]);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Content_is_stored_once_under_its_hash_and_returned_unchanged()
    {
        var bytes = RandomNumberGenerator.GetBytes(1_300_000);
        var stored = await _farm.PutAsync(bytes);
        Assert.Equal(new StoredFile(Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length), stored);
        Assert.Equal(stored, await _farm.PutAsync(bytes));
        Assert.Equal([stored.Sha256], _farm.Files());
        Assert.Equal(bytes, await _farm.ReadAsync(stored.Sha256));
        Assert.Empty(_farm.Unfinished());
    }

    [Fact]
    public async Task Empty_content_can_be_stored()
    {
        var stored = await _farm.PutAsync([]);
        Assert.Equal(0, stored.Size);
        Assert.Empty(await _farm.ReadAsync(stored.Sha256));
    }

    [Fact]
    public async Task Content_above_the_limit_is_rejected_and_leaves_nothing_behind()
    {
        await _farm.Contents.PutAsync(new MemoryStream(Hello), Hello.Length, CancellationToken.None);
        var refusal = await Assert.ThrowsAsync<FarmException>(
            () => _farm.Contents.PutAsync(new MemoryStream(new byte[1_000_001]), 1_000_000, CancellationToken.None));
        Assert.Equal(ErrorKind.TooLarge, refusal.Kind);
        Assert.Single(_farm.Files());
        Assert.Empty(_farm.Unfinished());
        _farm.CheckRows();
    }

    [Fact]
    public async Task An_aborted_upload_leaves_nothing_behind()
    {
        await Assert.ThrowsAsync<EndOfStreamException>(() => _farm.Contents.PutAsync(new BrokenStream(700_000), long.MaxValue, CancellationToken.None));
        Assert.Empty(_farm.Files());
        Assert.Empty(_farm.Unfinished());
    }

    [Fact]
    public async Task A_full_disk_is_reported_and_leaves_nothing_behind()
    {
        if (!File.Exists("/dev/full")) return;
        var usual = _farm.Contents.CreateFile;
        _farm.Contents.CreateFile = _ => File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);
        await Assert.ThrowsAsync<StorageFullException>(() => _farm.PutAsync(Hello));
        Assert.Empty(_farm.Files());
        _farm.CheckRows();
        _farm.Contents.CreateFile = usual;
        Assert.Equal(Hello, await _farm.ReadAsync((await _farm.PutAsync(Hello)).Sha256));
    }

    [Fact]
    public async Task Content_whose_reference_is_rejected_leaves_nothing_behind()
    {
        await Assert.ThrowsAsync<FarmException>(() => _farm.Contents.PutAsync<int>(
            new MemoryStream(Hello), 100, (_, _) => throw FarmException.Conflict("too late"), CancellationToken.None));
        Assert.Empty(_farm.Files());
        _farm.CheckRows();
    }

    [Fact]
    public async Task Existing_content_is_kept_when_another_reference_is_rejected()
    {
        var stored = await _farm.PutAsync(Hello);
        await Assert.ThrowsAsync<FarmException>(() => _farm.Contents.PutAsync<int>(
            new MemoryStream(Hello), 100, (_, _) => throw FarmException.Conflict("too late"), CancellationToken.None));
        Assert.Equal(Hello, await _farm.ReadAsync(stored.Sha256));
    }

    [Fact]
    public async Task Damaged_content_is_repaired_by_another_upload()
    {
        var stored = await _farm.PutAsync(Hello);
        File.WriteAllText(_farm.PathOf(stored.Sha256), "hell");
        await _farm.PutAsync(Hello);
        Assert.Equal(Hello, await _farm.ReadAsync(stored.Sha256));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../farm.db")]
    [InlineData("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")]
    [InlineData("2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824")]
    public void Unknown_content_cannot_be_opened(string name) =>
        Assert.Equal(ErrorKind.NotFound, Assert.Throws<FarmException>(() => _farm.Contents.Open(name)).Kind);

    [Fact]
    public async Task Unreferenced_content_is_removed_after_a_grace_period()
    {
        var (unused, used) = (await _farm.PutAsync(Hello), await _farm.PutAsync([1, 2, 3]));
        await _farm.ReferenceAsync(used);
        await _farm.Garbage.CollectAsync();
        Assert.Equal(2, _farm.Files().Count);

        _farm.Time.Advance(ContentGarbage.Grace + TimeSpan.FromSeconds(1));
        await _farm.Garbage.CollectAsync();
        Assert.Equal([used.Sha256], _farm.Files());
        _farm.CheckRows();

        await _farm.ReleaseAsync(used);
        await _farm.Garbage.CollectAsync();
        Assert.Empty(_farm.Files());
        // With several managers, it is set aside for a while.
        _farm.Time.Advance(SetAsideContents.Delay + TimeSpan.FromSeconds(1));
        await _farm.Garbage.CollectAsync();
        Assert.Equal(ErrorKind.NotFound, Assert.Throws<FarmException>(() => _farm.Contents.Open(unused.Sha256)).Kind);
        _farm.CheckRows();
    }

    [Fact]
    public async Task Uploading_again_restarts_the_grace_period()
    {
        await _farm.PutAsync(Hello);
        _farm.Time.Advance(ContentGarbage.Grace);
        await _farm.PutAsync(Hello);
        _farm.Time.Advance(ContentGarbage.Grace);
        await _farm.Garbage.CollectAsync();
        Assert.Single(_farm.Files());
    }

    [SqliteFact]
    public async Task Leftovers_of_a_crash_are_removed_and_stored_content_is_kept()
    {
        var stored = await _farm.PutAsync(Hello);
        var forgotten = await _farm.PutAsync([1, 2, 3]);
        await _farm.Farm.Store.WriteAsync(tx => tx.Db.Execute("DELETE FROM stored_files WHERE sha256 = $1", forgotten.Sha256));
        File.WriteAllText(Path.Combine(_farm.Contents.Incoming, "7.tmp"), "half");

        _farm.Garbage.RemoveUnfinished();
        await _farm.Garbage.RemoveForgottenAsync();
        Assert.Equal([stored.Sha256], _farm.Files());
        Assert.False(Directory.Exists(_farm.Contents.Incoming));
        Assert.Equal(Hello, await _farm.ReadAsync(stored.Sha256));
        Assert.Equal(3, (await _farm.PutAsync([4, 5, 6])).Size);
    }

    [Fact]
    public async Task Concurrent_collection_never_separates_a_file_from_its_row()
    {
        var contents = Enumerable.Range(0, 4).Select(i => new byte[] { (byte)i, 1, 2 }).ToArray();
        var hashes = contents.Select(content => Convert.ToHexStringLower(SHA256.HashData(content))).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(part => Task.Run(async () =>
        {
            for (var i = 0; i < 40; i++)
            {
                var which = (i * 7 + part) % contents.Length;
                if (part % 4 == 3) await _farm.Contents.RemoveUnusedAsync(hashes[which], long.MaxValue);
                else if (part % 4 == 2) await _farm.Contents.RemoveForgottenAsync(hashes[which], long.MaxValue);
                else await _farm.PutAsync(contents[which]);
            }
        })));
        _farm.CheckRows();
        foreach (var content in contents) Assert.Equal(content, await _farm.ReadAsync((await _farm.PutAsync(content)).Sha256));
    }

    [Fact]
    public async Task A_reference_added_during_collection_either_fails_or_keeps_the_content()
    {
        for (var i = 0; i < 20; i++)
        {
            var stored = await _farm.PutAsync(Hello);
            var naming = Task.Run(() => _farm.ReferenceAsync(stored));
            var removed = await _farm.Contents.RemoveUnusedAsync(stored.Sha256, long.MaxValue);
            var refused = await Record.ExceptionAsync(() => naming);
            Assert.Equal(removed, refused is not null);
            _farm.CheckRows();
            if (refused is null) await _farm.ReleaseAsync(stored);
        }
    }

    /// <summary>Fails after some bytes, like a broken connection.</summary>
    private sealed class BrokenStream(int bytes) : MemoryStream(new byte[bytes])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new EndOfStreamException();
    }
}
