using Farm.Server.Domain;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Views.Farm;

namespace Farm.Server.Operations;

/// <summary>Determines the status of the farm as a whole.</summary>
internal sealed class FarmStatusQuery(IReadStore store, TimeProvider time)
{
    private readonly DateTimeOffset _started = time.GetUtcNow();

    /// <summary>Current status.</summary>
    public FarmStatus Read() => FarmStatusRules.Decide(store.Read(FarmCountsView.Facts), time.GetUtcNow() - _started);
}
