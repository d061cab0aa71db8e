using System.Globalization;

namespace Farm.Tests.Drills.Clock;

/// <summary>
/// The clock of a process of its own that jumps, by libfaketime. The monotonic clock goes on steadily, as it does when a person or the network sets the
/// clock of a machine.
/// </summary>
internal sealed class FakeClock
{
    private static readonly string? Library = Directory.Exists("/usr/lib")
        ? Directory.GetFiles("/usr/lib", "libfaketimeMT.so.1", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 }).FirstOrDefault()
        : null;

    private readonly string _file;
    private TimeSpan _offset;

    /// <summary>Starts with the time of the machine.</summary>
    /// <param name="file">The file that tells the process how late it is.</param>
    public FakeClock(string file)
    {
        _file = file;
        Jump(TimeSpan.Zero);
    }

    /// <summary>Why there can be none; null if there can.</summary>
    public static string? WhySkipped => Library is null ? "The clock of a process can be set only with libfaketime; on Debian: apt-get install faketime." : null;

    /// <summary>The environment of the process.</summary>
    public Dictionary<string, string> Environment => new()
    {
        ["LD_PRELOAD"] = Library ?? throw new InvalidOperationException(WhySkipped),
        ["FAKETIME_TIMESTAMP_FILE"] = _file,
        ["FAKETIME_CACHE_DURATION"] = "1",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        ["DONT_FAKE_MONOTONIC"] = "1",
        ["NO_FAKE_STAT"] = "1",
    };

    /// <summary>How far the clock is ahead.</summary>
    public TimeSpan Offset => _offset;

    /// <summary>Sets the clock forward or back; the process sees it within a second.</summary>
    public void Jump(TimeSpan by)
    {
        _offset += by;
        var part = _file + ".part";
        File.WriteAllText(part, string.Create(CultureInfo.InvariantCulture, $"{(_offset < TimeSpan.Zero ? "-" : "+")}{Math.Abs(_offset.TotalSeconds):0}"));
        File.Move(part, _file, overwrite: true);
    }
}
