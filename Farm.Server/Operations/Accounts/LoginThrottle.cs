using Farm.Server.Domain;

namespace Farm.Server.Operations.Accounts;

/// <summary>
/// Bounds how often passwords are guessed: by one machine for one name, and by one machine for all names. Others are not held up, so nobody can
/// lock somebody else out. A manager counts by itself.
/// </summary>
/// <param name="time">Measures how old failures are.</param>
internal sealed class LoginThrottle(TimeProvider time)
{
    /// <summary>Failures of one machine for one name after which it has to wait.</summary>
    public const int MaxPerName = 10;

    /// <summary>Failures of one machine for all names after which it has to wait.</summary>
    public const int MaxPerAddress = 50;

    /// <summary>How long a failure counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private const int MaxKept = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Address, string Name), Failures> _failures = [];

    /// <summary>Requires that a machine may try a name.</summary>
    /// <param name="address">The address of the machine; empty for a caller of the farm's own.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="FarmException">It failed too often (<see cref="ErrorKind.Exhausted"/>).</exception>
    public void Check(string address, string name)
    {
        lock (_lock)
        {
            if (Count((address, name)) >= MaxPerName || Count((address, "")) >= MaxPerAddress)
                throw new FarmException(ErrorKind.Exhausted, $"too many wrong passwords from {address}; try again in {Window.TotalMinutes:0} minutes");
        }
    }

    /// <summary>Counts a failure.</summary>
    public void Failed(string address, string name)
    {
        if (address.Length == 0) return;
        lock (_lock)
        {
            if (_failures.Count >= MaxKept) RemoveOld();
            Add((address, name));
            Add((address, ""));
        }
    }

    /// <summary>Forgets the failures of a machine for a name whose password it knows after all.</summary>
    public void Succeeded(string address, string name)
    {
        lock (_lock) _failures.Remove((address, name));
    }

    private int Count((string, string) key) => _failures.TryGetValue(key, out var failures) && time.GetElapsedTime(failures.Since) < Window ? failures.Count : 0;

    private void Add((string, string) key) =>
        _failures[key] = Count(key) is > 0 and var count ? _failures[key] with { Count = count + 1 } : new Failures(1, time.GetTimestamp());

    private void RemoveOld()
    {
        foreach (var key in _failures.Keys.ToList())
        {
            if (Count(key) == 0) _failures.Remove(key);
        }

        // Of ten thousand that failed within minutes, none is worth more than the memory.
        if (_failures.Count >= MaxKept) _failures.Clear();
    }

    /// <param name="Count">How many.</param>
    /// <param name="Since">When the first was.</param>
    private readonly record struct Failures(int Count, long Since);
}
