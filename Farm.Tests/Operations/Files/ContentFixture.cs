using Farm.Server.Operations.Files;
using Farm.Server.Store.Tables.Jobs;
using Farm.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farm.Tests.Operations.Files;

/// <summary>A content store with its own database and a manual clock.</summary>
internal sealed class ContentFixture : IAsyncDisposable
{
    public ContentFixture(string directory, string? database = null)
    {
        Farm = new StoreFarm(directory, Time, database: database);
        Contents = NewStore();
        Garbage = new ContentGarbage(Contents, Farm.Store, Time, NullLogger<ContentGarbage>.Instance);
    }

    public ManualTime Time { get; } = new();

    public StoreFarm Farm { get; }

    public ContentStore Contents { get; }

    public ContentGarbage Garbage { get; }

    /// <summary>The content store of another manager.</summary>
    public ContentStore NewStore() => new(Farm.Store, Time, NullLogger<ContentStore>.Instance);

    public Task<StoredFile> PutAsync(byte[] content) => PutAsync(Contents, content);

    public static Task<StoredFile> PutAsync(ContentStore store, byte[] content) => store.PutAsync(new MemoryStream(content), long.MaxValue, CancellationToken.None);

    public async Task<byte[]> ReadAsync(string sha256)
    {
        await using var file = Contents.Open(sha256);
        var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    /// <summary>Makes a job refer to the content.</summary>
    public Task ReferenceAsync(StoredFile file) => Farm.Store.WriteAsync(tx => JobInputTable.Add(tx.Db, 1, file.Sha256));

    /// <summary>Removes the reference to the content.</summary>
    public Task ReleaseAsync(StoredFile file) => Farm.Store.WriteAsync(tx => tx.Db.Execute("DELETE FROM job_inputs WHERE sha256 = $1", file.Sha256));

    public string PathOf(string sha256) => Path.Combine(Contents.Root, sha256[..2], sha256);

    /// <summary>The names of the stored files.</summary>
    public List<string> Files() => !Directory.Exists(Contents.Root)
        ? []
        : [.. Directory.EnumerateFiles(Contents.Root, "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)).Where(ContentStore.IsHash)];

    public string[] Unfinished() => Directory.Exists(Contents.Incoming) ? Directory.GetFiles(Contents.Incoming) : [];

    /// <summary>Fails unless every row has a file of the right length, and every file has a row.</summary>
    public void CheckRows()
    {
        var rows = Farm.Store.Read(db => db.All("SELECT sha256, size FROM stored_files", row => (row.GetString(0), row.GetInt64(1))));
        foreach (var (sha256, size) in rows) Assert.Equal(size, new FileInfo(PathOf(sha256)).Length);
        Assert.Equal(rows.Select(row => row.Item1).Order(), Files().Order());
    }

    public ValueTask DisposeAsync() => Farm.DisposeAsync();
}
