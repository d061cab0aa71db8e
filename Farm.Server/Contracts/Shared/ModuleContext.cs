using System.Net;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.Shared;

/// <summary>What a module can use to register its services.</summary>
/// <param name="Contract">The settings of the protocol.</param>
/// <param name="Directory">The farm's data directory.</param>
internal sealed record ModuleContext(ContractSettings Contract, DataDirectory Directory)
{
    /// <summary>The path of the storage that the farm and its workers share.</summary>
    public required string SharedStorage { get; init; }

    /// <summary>The settings of Shaman, the deduplicating file upload.</summary>
    public required ShamanSettings Shaman { get; init; }

    /// <summary>Whether an address is in the setting <c>networks</c>.</summary>
    public required Func<IPAddress, bool> IsInNetworks { get; init; }

    /// <summary>The protocol's own settings, or the defaults.</summary>
    public T Settings<T>()
        where T : class, new() => Contract.Own as T ?? new T();
}
