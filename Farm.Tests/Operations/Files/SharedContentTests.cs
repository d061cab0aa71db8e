using System.Security.Cryptography;
using System.Text;
using Farm.Server.Domain;
using Farm.Server.Operations.Files;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Files;

/// <summary>Two managers store and remove the same contents in one directory.</summary>
public sealed class SharedContentTests : IAsyncLifetime
{
    private static readonly byte[] Hello = Encoding.UTF8.GetBytes("hello");
    private static readonly string Sha256 = Convert.ToHexStringLower(SHA256.HashData(Hello));

    private readonly TemporaryDirectory _directory = new();
    private ContentFixture _farm = null!;
    private ContentStore _other = null!;

    public Task InitializeAsync()
    {
        if (TestDatabase.WhySkipped is not null) return Task.CompletedTask;
        _farm = new ContentFixture(_directory["farm"], TestDatabase.Postgres(_directory["farm"]));
        _other = _farm.NewStore();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        if (_farm is not null) await _farm.DisposeAsync();
        _directory.Dispose();
    }

    [PostgresFact]
    public async Task Content_that_is_removed_while_it_is_sent_again_is_placed_again()
    {
        await _farm.PutAsync(Hello);
        Once(ContentStep.WriteRow, () => Assert.True(Wait(_other.RemoveUnusedAsync(Sha256, long.MaxValue))));
        await _farm.PutAsync(Hello);
        await CheckStoredAsync();
        Assert.Empty(_farm.Unfinished());
    }

    [PostgresFact]
    public async Task Content_that_is_removed_before_its_row_was_written_is_not_acknowledged()
    {
        Once(ContentStep.WriteRow, () => Assert.True(Wait(_other.RemoveForgottenAsync(Sha256, long.MaxValue))));
        Assert.Equal(ErrorKind.Unavailable, (await Assert.ThrowsAsync<FarmException>(() => _farm.PutAsync(Hello))).Kind);
        Assert.Empty(_farm.Files());
        _farm.CheckRows();
        await _farm.PutAsync(Hello);
        await CheckStoredAsync();
    }

    [PostgresFact]
    public async Task Content_that_was_sent_since_it_was_found_unused_is_put_back()
    {
        await _farm.PutAsync(Hello);
        Once(ContentStep.SetAside, () => Wait(ContentFixture.PutAsync(_other, Hello)));
        var readable = false;
        _farm.Contents.Shared!.Before += step => readable |= step == ContentStep.FindRow && Wait(_farm.ReadAsync(Sha256)).Length == Hello.Length;
        await _farm.Contents.RemoveUnusedAsync(Sha256, long.MaxValue);
        Assert.True(readable);
        await CheckStoredAsync();
    }

    [PostgresFact]
    public async Task Content_is_put_back_when_the_manager_that_took_it_away_died()
    {
        await _farm.PutAsync(Hello);
        Once(ContentStep.SetAside, () => Wait(ContentFixture.PutAsync(_other, Hello)));
        Once(ContentStep.FindRow, () => throw new OperationCanceledException("killed"));
        await Assert.ThrowsAsync<OperationCanceledException>(() => _farm.Contents.RemoveUnusedAsync(Sha256, long.MaxValue));
        Assert.Empty(_farm.Files());
        Assert.Equal(Hello, await _farm.ReadAsync(Sha256));

        _other.Shared!.FinishRemovals();
        Assert.Empty(_farm.Files());
        _farm.Time.Advance(SetAsideContents.Delay + TimeSpan.FromSeconds(1));
        _other.Shared!.FinishRemovals();
        await CheckStoredAsync();
    }

    [PostgresFact]
    public async Task Content_that_was_placed_again_survives_the_deletion_of_what_was_taken_away()
    {
        await _farm.PutAsync(Hello);
        Once(ContentStep.FindRow, () => Wait(ContentFixture.PutAsync(_other, Hello)));
        await _farm.Contents.RemoveUnusedAsync(Sha256, long.MaxValue);
        await CheckStoredAsync();
        _farm.Time.Advance(SetAsideContents.Delay + TimeSpan.FromSeconds(1));
        _other.Shared!.FinishRemovals();
        await CheckStoredAsync();
    }

    [PostgresFact]
    public async Task A_rejected_reference_leaves_content_that_another_manager_acknowledged()
    {
        Once(ContentStep.WriteRow, () => Wait(ContentFixture.PutAsync(_other, Hello)));
        await Assert.ThrowsAsync<FarmException>(() => RejectAsync(_farm.Contents));
        await CheckStoredAsync();

        await _farm.Contents.RemoveUnusedAsync(Sha256, long.MaxValue);
        Once(ContentStep.SetAside, () => Wait(ContentFixture.PutAsync(_other, Hello)));
        await Assert.ThrowsAsync<FarmException>(() => RejectAsync(_farm.Contents));
        await CheckStoredAsync();
    }

    [PostgresFact]
    public async Task Unused_content_is_deleted_a_while_after_it_was_set_aside()
    {
        await _farm.PutAsync(Hello);
        _farm.Time.Advance(ContentGarbage.Grace + TimeSpan.FromSeconds(1));
        await _farm.Garbage.CollectAsync();
        Assert.Empty(_farm.Files());
        _farm.CheckRows();
        _farm.Time.Advance(SetAsideContents.Delay + TimeSpan.FromSeconds(1));
        await _farm.Garbage.CollectAsync();
        Assert.Equal(ErrorKind.NotFound, Assert.Throws<FarmException>(() => _farm.Contents.Open(Sha256)).Kind);
        Assert.Empty(Directory.GetFiles(_farm.Contents.Root, "*", SearchOption.AllDirectories));
    }

    [PostgresFact]
    public async Task Uploads_to_other_managers_are_kept_at_the_start_and_old_leftovers_are_swept()
    {
        await _farm.PutAsync(Hello);
        var (old, fresh) = (Path.Combine(_farm.Contents.Incoming, "old.tmp"), Path.Combine(_farm.Contents.Incoming, "fresh.tmp"));
        File.WriteAllText(old, "half");
        File.WriteAllText(fresh, "half");
        File.SetLastWriteTimeUtc(old, (_farm.Time.GetUtcNow() - ContentGarbage.UnfinishedAge).UtcDateTime.AddSeconds(-1));

        _farm.Garbage.RemoveUnfinished();
        Assert.Equal(2, _farm.Unfinished().Length);
        await _farm.Garbage.RemoveForgottenAsync();
        Assert.Equal([fresh], _farm.Unfinished());
        await CheckStoredAsync();
    }

    [PostgresFact]
    public async Task A_file_without_a_row_is_only_removed_after_the_grace_period()
    {
        await _farm.PutAsync(Hello);
        await _farm.Farm.Store.WriteAsync(tx => tx.Db.Execute("DELETE FROM stored_files"));
        await _farm.Garbage.RemoveForgottenAsync();
        Assert.Single(_farm.Files());
        _farm.Time.Advance(ContentGarbage.Grace + TimeSpan.FromSeconds(1));
        await _farm.Garbage.RemoveForgottenAsync();
        Assert.Empty(_farm.Files());
    }

    [PostgresFact]
    public async Task Concurrent_removal_never_loses_acknowledged_content()
    {
        var contents = Enumerable.Range(0, 3).Select(i => new byte[] { (byte)i, 1, 2 }).ToArray();
        var hashes = contents.Select(content => Convert.ToHexStringLower(SHA256.HashData(content))).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(part => Task.Run(async () =>
        {
            var store = part % 2 == 0 ? _farm.Contents : _other;
            for (var i = 0; i < 25; i++)
            {
                var which = (i * 7 + part) % contents.Length;
                if (part / 2 == 3) await store.RemoveUnusedAsync(hashes[which], long.MaxValue);
                else if (part / 2 == 2) await store.RemoveForgottenAsync(hashes[which], long.MaxValue);
                else await Record.ExceptionAsync(() => ContentFixture.PutAsync(store, contents[which]));
            }
        })));
        var stored = _farm.Farm.Store.Read(db => db.All("SELECT sha256 FROM stored_files", row => row.GetString(0)));
        foreach (var sha256 in stored) Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(await _farm.ReadAsync(sha256))));
        _farm.Time.Advance(SetAsideContents.Delay + TimeSpan.FromSeconds(1));
        _other.Shared!.FinishRemovals();
        foreach (var sha256 in stored) Assert.Contains(sha256, _farm.Files());
    }

    private static Task RejectAsync(ContentStore store) => store.PutAsync<int>(
        new MemoryStream(Hello), 100, (_, _) => throw FarmException.Conflict("too late"), CancellationToken.None);

    /// <summary>Blocks on the caller's thread, which is stopped between two steps.</summary>
    private static T Wait<T>(Task<T> work) => work.GetAwaiter().GetResult();

    /// <summary>Does something when the first manager next gets to a step.</summary>
    private void Once(ContentStep at, Action work)
    {
        var isDone = false;
        _farm.Contents.Shared!.Before += step =>
        {
            if (step != at || isDone) return;
            isDone = true;
            work();
        };
    }

    private async Task CheckStoredAsync()
    {
        Assert.Equal([Sha256], _farm.Files());
        _farm.CheckRows();
        Assert.Equal(Hello, await _farm.ReadAsync(Sha256));
    }
}
