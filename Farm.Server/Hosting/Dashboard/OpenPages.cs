using System.Collections.Concurrent;
using Farm.Server.Operations;
using Microsoft.Extensions.Options;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>Counts the connections of open pages, in total and for each network address. Thread-safe.</summary>
internal sealed class OpenPages(IOptionsMonitor<FarmLimits> limits)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _perAddress = [];
    private readonly ConcurrentDictionary<string, string> _connections = new();
    private int _total;

    /// <summary>How many are open.</summary>
    public int Total
    {
        get
        {
            lock (_lock) return _total;
        }
    }

    /// <summary>Why an address can open no more pages; null if it can.</summary>
    public string? WhyFull(string address)
    {
        var (mostOfAll, mostOfAddress) = (limits.CurrentValue.Pages.MaxPages, limits.CurrentValue.Pages.MaxPagesPerAddress);
        lock (_lock)
        {
            if (_perAddress.GetValueOrDefault(address) >= mostOfAddress)
                return $"{address} has {mostOfAddress} pages open, which is the limit (setting dashboard.max_pages_per_address); close some and reload this one";
            return _total >= mostOfAll ? $"{mostOfAll} pages are open, which is the limit (setting dashboard.max_pages); try again later" : null;
        }
    }

    /// <summary>Counts a connection.</summary>
    /// <returns>Why it must not be opened, and then it is not counted; null if it was counted.</returns>
    public string? Open(string connection, string address)
    {
        lock (_lock)
        {
            if (WhyFull(address) is { } full) return full;
            _perAddress[address] = _perAddress.GetValueOrDefault(address) + 1;
            _total++;
        }

        _connections[connection] = address;
        return null;
    }

    /// <summary>Forgets a connection; does nothing if it was not counted.</summary>
    public void Close(string connection)
    {
        if (!_connections.TryRemove(connection, out var address)) return;
        lock (_lock)
        {
            _total--;
            if (--_perAddress[address] == 0) _perAddress.Remove(address);
        }
    }
}
