namespace Farm.Server.Operations.Backups;

/// <summary>When the farm backs itself up (setting <c>backups</c>).</summary>
internal sealed record BackupSettings
{
    /// <summary>The times of the day, on the clock of the server's machine (<c>at</c>); none for never.</summary>
    public IReadOnlyList<TimeOnly> Times { get; init; } = [new TimeOnly(3, 0)];

    /// <summary>What a backup holds besides the database (<c>with</c>), unless whoever makes it says otherwise.</summary>
    public IReadOnlyList<BackupPart> With { get; init; } = [BackupPart.Settings];

    /// <summary>How many days a scheduled backup is kept (<c>keep_days</c>).</summary>
    public int KeepDays { get; init; } = 14;

    /// <summary>How many scheduled backups are kept in any case (<c>keep_at_least</c>).</summary>
    public int KeepAtLeast { get; init; } = 3;
}
