using Farm.Server.Contracts.Flamenco.Domain;
using Farm.Server.Contracts.Flamenco.Operations.Shaman;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;
using Farm.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farm.Tests.Contracts.Flamenco.Operations.Shaman;

/// <summary>Shaman over a shared storage of its own, with a clock that stands still.</summary>
internal sealed class ShamanFixture : IDisposable
{
    private readonly TemporaryDirectory _directory;

    public ShamanFixture(TimeSpan? maxAge = null, bool isShared = false)
        : this(new TemporaryDirectory(), new ManualTime(), maxAge, isShared)
    {
    }

    /// <summary>Another manager on the shared storage of one, with its clock.</summary>
    public ShamanFixture(ShamanFixture other)
        : this(other._directory, other.Time, other.Settings.GarbageCollectMaxAge, isShared: true)
    {
    }

    private ShamanFixture(TemporaryDirectory directory, ManualTime time, TimeSpan? maxAge, bool isShared)
    {
        _directory = directory;
        Time = time;
        Settings = new ShamanSettings { Enabled = true, GarbageCollectMaxAge = maxAge ?? TimeSpan.FromDays(31) };
        Storage = new ShamanStorage(_directory["shared"]) { IsShared = isShared };
        Files = new ShamanFileStore(Storage, Time);
        var guard = new ShamanStorageGuard(Storage, NullLogger<ShamanStorageGuard>.Instance);
        Uploads = new ShamanUploads(Storage, Files, guard, Log);
        Checkouts = new ShamanCheckouts(
            Storage, Files, new CheckoutTree(Storage, NullLogger<CheckoutTree>.Instance), guard, new Random(7), NullLogger<ShamanCheckouts>.Instance);
        Garbage = new ShamanGarbageCollector(Storage, Files, Settings, Time, NullLogger<ShamanGarbageCollector>.Instance);
    }

    public ManualTime Time { get; }

    public ShamanSettings Settings { get; }

    public ShamanStorage Storage { get; }

    public ShamanFileStore Files { get; }

    public ShamanUploads Uploads { get; }

    public ListLogger<ShamanUploads> Log { get; } = new();

    public ShamanCheckouts Checkouts { get; }

    public ShamanGarbageCollector Garbage { get; }

    /// <summary>The path of something beside the shared storage.</summary>
    public string Outside(string name) => _directory[name];

    /// <summary>The path of something below the checkouts.</summary>
    public string InCheckouts(string relative) => Path.Combine(Storage.Checkouts, relative);

    public Task<UploadOutcome> SendAsync(SampleFile file, bool canDefer = false) =>
        Uploads.ReceiveAsync(Caller.Farm, file.Key, file.Path, new MemoryStream(file.Content), canDefer, CancellationToken.None);

    public Checkout CheckOut(string path, params SampleFile[] files) => Checkouts.Create(Caller.Farm, path, [.. files.Select(file => file.AsFile)]);

    public FileStatus StatusOf(SampleFile file) => Files.StatusOf(file.Key);

    /// <summary>What half-made things there are.</summary>
    public string[] Unfinished() =>
        Directory.Exists(Storage.Uploading) ? Directory.GetFileSystemEntries(Storage.Uploading, "*", SearchOption.AllDirectories) : [];

    public void Dispose() => _directory.Dispose();
}
