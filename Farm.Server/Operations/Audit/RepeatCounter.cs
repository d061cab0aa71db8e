using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;

namespace Farm.Server.Operations.Audit;

/// <summary>
/// Keeps events that strangers cause from filling the disk: the first of equal ones is written at once, those that follow are counted, and the
/// number is written when a while has passed. Of too many different ones only the number is kept. Not for several threads at once.
/// </summary>
internal sealed class RepeatCounter(RepeatLimits limits)
{
    /// <summary>The most events that are kept apart at the same time.</summary>
    public const int MaxOpen = 200;

    private readonly Dictionary<Key, Counted> _open = [];
    private double _left = limits.Burst;
    private long? _filledAt;

    /// <summary>What to write now for an event; null if it is only counted.</summary>
    public AuditEntry? Take(AuditEntry entry)
    {
        Fill(entry.At);
        var key = Key.Of(entry);
        if (Count(key)) return null;
        if (_open.Keys.Count(open => open.Address == entry.Address) >= limits.PerAddress)
        {
            entry = Many(entry, entry.Address);
            if (Count(key = Key.Of(entry))) return null;
        }

        if (_left < 1 || _open.Count >= MaxOpen)
        {
            entry = Many(entry, address: "");
            if (Count(key = Key.Of(entry))) return null;
        }
        else
        {
            _left--;
        }

        _open.Add(key, new Counted(entry, entry.At + Milliseconds(RepeatLimits.FirstWindow), RepeatLimits.FirstWindow));
        return entry;
    }

    /// <summary>What is due to be written by now (unix milliseconds): the numbers of repeats.</summary>
    public List<AuditEntry> Due(long now)
    {
        List<AuditEntry>? due = null;
        foreach (var (key, counted) in _open.Where(open => open.Value.EndsAt <= now).ToList())
        {
            if (counted.Repeats == 0)
            {
                _open.Remove(key);
                continue;
            }

            (due ??= []).Add(counted.Entry with { At = now, Times = counted.Repeats });
            var window = counted.Window * 2 < RepeatLimits.LongestWindow ? counted.Window * 2 : RepeatLimits.LongestWindow;
            _open[key] = new Counted(counted.Entry, now + Milliseconds(window), window);
        }

        return due ?? [];
    }

    /// <summary>What has been counted and not written, because the farm stops.</summary>
    public List<AuditEntry> Rest(long now)
    {
        List<AuditEntry> rest = [.. _open.Values.Where(counted => counted.Repeats > 0).Select(counted => counted.Entry with { At = now, Times = counted.Repeats })];
        _open.Clear();
        return rest;
    }

    private bool Count(Key key)
    {
        if (!_open.TryGetValue(key, out var counted)) return false;
        counted.Repeats++;
        return true;
    }

    private void Fill(long now)
    {
        _left = Math.Min(limits.Burst, _left + (Math.Max(0, now - (_filledAt ?? now)) * limits.PerMinute / Milliseconds(TimeSpan.FromMinutes(1))));
        _filledAt = now;
    }

    private static AuditEntry Many(AuditEntry entry, string address) => new()
    {
        At = entry.At,
        Who = "",
        Address = address,
        Via = Way.Farm.Name,
        Verb = entry.Refusal is null ? entry.Verb : AuditVerb.ManyRefusals,
        Target = AuditTarget.None,
        Refusal = entry.Refusal is null ? null : address.Length > 0 ? "many different ones from this address" : "many different ones from many addresses",
    };

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;

    private readonly record struct Key(string Address, string Who, string Via, string Verb, AuditTarget Target, string? Refusal)
    {
        public static Key Of(AuditEntry entry) =>
            new(entry.Address, entry.Who, entry.Via, entry.Verb, entry.Target, entry.Refusal);
    }

    private sealed class Counted(AuditEntry entry, long endsAt, TimeSpan window)
    {
        public AuditEntry Entry { get; } = entry;

        public long EndsAt { get; } = endsAt;

        public TimeSpan Window { get; } = window;

        public long Repeats { get; set; }
    }
}
