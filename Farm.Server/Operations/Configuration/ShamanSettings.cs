namespace Farm.Server.Operations.Configuration;

/// <summary>What a studio can set of the deduplicating file upload (Contracts/Flamenco/Contract.md sections 6.5 and 9).</summary>
internal sealed record ShamanSettings
{
    /// <summary>The folder of the shared storage that holds the checkouts; with Shaman on, <c>{jobs}</c> stands for it.</summary>
    public const string CheckoutsFolder = "jobs";

    /// <summary>Whether files are taken at all. Off on Windows by default, where links need rights that a service seldom has.</summary>
    public bool Enabled { get; init; } = !OperatingSystem.IsWindows();

    /// <summary>Time between two collections of garbage; zero for none.</summary>
    public TimeSpan GarbageCollectPeriod { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a stored file is kept after it was last asked for, when no checkout links to it.</summary>
    public TimeSpan GarbageCollectMaxAge { get; init; } = TimeSpan.FromDays(31);
}
