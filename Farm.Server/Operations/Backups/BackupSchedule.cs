using System.Globalization;
using Farm.Server.Domain;
using Farm.Server.Store.Engine;
using Microsoft.Extensions.Options;

namespace Farm.Server.Operations.Backups;

/// <summary>
/// Makes a backup at the times of the settings. One that was missed, because the server did not run, is made after the start. One that failed is
/// tried again after <see cref="BetweenTries"/>.
/// </summary>
internal sealed class BackupSchedule(
    FarmBackups backups, BackupWriter writer, IOptionsMonitor<BackupSettings> settings, DataDirectory directory, TimeProvider time, ILogger<BackupSchedule> log)
    : IPeriodicDuty, IHostedService
{
    /// <summary>The time between two tries of a backup that failed.</summary>
    public static readonly TimeSpan BetweenTries = TimeSpan.FromHours(1);

    /// <summary>A backup needs as much as the database; as much again must stay free for the farm.</summary>
    private const int NeededDatabases = 2;

    private DateTimeOffset? _failedAt;

    /// <summary>Why the last scheduled backup was not made, without details that not everybody may see; null if it was.</summary>
    public string? Problem { get; private set; }

    /// <summary>The backup that is being made, or the last one.</summary>
    public Task Current { get; private set; } = Task.CompletedTask;

    /// <summary>Begins a backup if it is time for one. It may take minutes, and other duties do not wait for it.</summary>
    public Task RunAsync()
    {
        if (Current.IsCompleted && !(time.GetUtcNow() - _failedAt < BetweenTries) && IsDue()) Current = Task.Run(MakeAsync);
        return Task.CompletedTask;
    }

    /// <summary>Nothing: the first backup is due a minute after the start at the earliest.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits for the backup that is being made, as long as a stop may take. One that is interrupted leaves a file that the next one removes.</summary>
    public async Task StopAsync(CancellationToken cancellationToken) =>
        await Current.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>The last time before now at which a backup should have been made; null for never.</summary>
    internal static DateTimeOffset? LastTime(IReadOnlyList<TimeOnly> times, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var past = times.SelectMany(at => new[] { Moment(today, at, zone), Moment(today.AddDays(-1), at, zone) }).Where(moment => moment <= now).ToList();
        return past.Count == 0 ? null : past.Max();
    }

    /// <summary>A time that daylight saving skips is an hour later.</summary>
    private static DateTimeOffset Moment(DateOnly day, TimeOnly at, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(at);
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(local, zone));
    }

    private bool IsDue()
    {
        if (LastTime(settings.CurrentValue.Times, time.GetUtcNow(), time.LocalTimeZone) is not { } last || last <= FarmCreated()) return false;
        return !(backups.LastScheduled() >= last);
    }

    private async Task MakeAsync()
    {
        try
        {
            var problem = MissingSpace();
            if (problem is null) await backups.MakeScheduledAsync();
            (Problem, _failedAt) = (problem, problem is null ? null : time.GetUtcNow());
        }
        catch (Exception failure) when (failure is FarmException or IOException or UnauthorizedAccessException)
        {
            log.LogError("The scheduled backup failed; retrying in {Hours} h: {Reason}", BetweenTries.TotalHours, failure.Message);
            (Problem, _failedAt) = ("the last scheduled backup failed; see the server log", time.GetUtcNow());
        }
    }

    private string? MissingSpace()
    {
        var needed = NeededDatabases * new FileInfo(directory.Database).Length;
        if (writer.FreeBytes() is var free && free >= needed) return null;
        log.LogWarning(
            "The scheduled backup was skipped; retrying in {Hours} h: {Directory} has {Free} bytes free, and {Needed} are needed, twice the size of the database",
            BetweenTries.TotalHours, directory.Root, free, needed);
        return "the last scheduled backup was skipped, because there is too little free disk space";
    }

    /// <summary>A new farm needs no backup at once. Its id holds the time of its creation (RFC 9562 section 5.7).</summary>
    private DateTimeOffset FarmCreated()
    {
        const int TimeDigits = 12;
        try
        {
            return Guid.TryParse(File.ReadAllText(directory.Marker).Trim(), out var id) && id.Version == 7
                ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(id.ToString("N")[..TimeDigits], NumberStyles.HexNumber, CultureInfo.InvariantCulture))
                : DateTimeOffset.MinValue;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return DateTimeOffset.MinValue;
        }
    }
}
