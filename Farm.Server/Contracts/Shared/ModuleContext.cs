using System.Net;
using Farm.Server.Operations.Configuration;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.Shared;

/// <summary>What a module may know of the farm when it adds its services.</summary>
/// <param name="Contract">What is set about the protocol.</param>
/// <param name="Directory">Where everything of the farm is.</param>
internal sealed record ModuleContext(ContractSettings Contract, DataDirectory Directory)
{
    /// <summary>The storage that the farm and its workers share.</summary>
    public required string SharedStorage { get; init; }

    /// <summary>The deduplicating file upload.</summary>
    public required ShamanSettings Shaman { get; init; }

    /// <summary>Whether an address is in the networks that the farm answers.</summary>
    public required Func<IPAddress, bool> IsInNetworks { get; init; }

    /// <summary>The protocol's own settings; the defaults where nothing is set.</summary>
    public T Settings<T>()
        where T : class, new() => Contract.Own as T ?? new T();
}
