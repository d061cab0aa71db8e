using Farm.Server.Operations.Backups;
using Farm.Server.Operations.Files;
using Farm.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farm.Tests.Operations.Backups;

/// <summary>A farm of its own with backups and a manual clock.</summary>
internal sealed class BackupFixture : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public BackupFixture(BackupSettings? settings = null, IServerRestart? restart = null, string engine = "sqlite")
    {
        Farm = new StoreFarm(_directory["farm"], Time, engine: engine);
        Contents = new ContentStore(Farm.Store, Time, NullLogger<ContentStore>.Instance);
        Garbage = new ContentGarbage(Contents, Farm.Store, Time, NullLogger<ContentGarbage>.Instance);
        Writer = new BackupWriter(Farm.Store, new SettingsFiles(Farm.Directory, _directory["farm/farm.yaml"]), Garbage, NullLogger<BackupWriter>.Instance);
        var options = new FixedOptions<BackupSettings>(settings ?? new BackupSettings { With = [] });
        Backups = new FarmBackups(Farm.Store, Writer, Farm.Audit, options, restart ?? new NoRestart(), null, Time, NullLogger<FarmBackups>.Instance);
        Schedule = new BackupSchedule(Backups, Writer, options, Farm.Directory, Time, Log);
    }

    public ManualTime Time { get; } = new();

    public ListLogger<BackupSchedule> Log { get; } = new();

    public StoreFarm Farm { get; }

    public ContentStore Contents { get; }

    public ContentGarbage Garbage { get; }

    public BackupWriter Writer { get; }

    public FarmBackups Backups { get; }

    public BackupSchedule Schedule { get; }

    /// <summary>The folder of the backups.</summary>
    public string Folder => Farm.Directory.Backups;

    /// <summary>The names of all backups, the newest first.</summary>
    public IReadOnlyList<string> Names => [.. new BackupFolder(Farm.Directory).All().Select(backup => backup.Name)];

    /// <summary>Does what the farm does by itself each minute, and waits for what that began.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Time.Advance(time);
        await Schedule.RunAsync();
        await Schedule.Current;
    }

    public async ValueTask DisposeAsync()
    {
        await Farm.DisposeAsync();
        _directory.Dispose();
    }

    private sealed class NoRestart : IServerRestart
    {
        public bool IsAvailable => false;

        public void Request() => throw new InvalidOperationException();
    }
}
