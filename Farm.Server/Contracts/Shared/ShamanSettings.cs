namespace Farm.Server.Contracts.Shared;

/// <summary>Settings of the Shaman file upload (Contracts/Flamenco/Contract.md sections 6.5 and 9).</summary>
internal sealed record ShamanSettings
{
    /// <summary>The folder of the shared storage with the checkouts; with Shaman, the value of <c>{jobs}</c>.</summary>
    public const string CheckoutsFolder = "jobs";

    /// <summary>Whether uploads are accepted. Off on Windows by default, where symbolic links need a privilege that services seldom have.</summary>
    public bool Enabled { get; init; } = !OperatingSystem.IsWindows();

    /// <summary>Time between two garbage collections; zero disables them.</summary>
    public TimeSpan GarbageCollectPeriod { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a file that no checkout links to is kept after its last use.</summary>
    public TimeSpan GarbageCollectMaxAge { get; init; } = TimeSpan.FromDays(31);
}
