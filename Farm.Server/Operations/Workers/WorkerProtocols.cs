using System.Collections.Frozen;
using Farm.Server.Domain.Workers;

namespace Farm.Server.Operations.Workers;

/// <summary>All registered worker protocols.</summary>
/// <param name="protocols">The protocols with their own workers.</param>
internal sealed class WorkerProtocols(IEnumerable<WorkerProtocol> protocols)
{
    private readonly FrozenDictionary<string, WorkerProtocol> _protocols = protocols.ToFrozenDictionary(protocol => protocol.Name);

    /// <summary>The protocols whose workers can time out.</summary>
    public IEnumerable<WorkerProtocol> ThatTimeOut => _protocols.Values.Where(protocol => protocol.TimesOut);

    /// <summary>The protocol of a worker. Unknown protocols support no requests.</summary>
    public WorkerProtocol Of(FarmWorker worker) => _protocols.GetValueOrDefault(worker.Contract) ?? new Unknown(worker.Contract);

    private sealed class Unknown(string name) : WorkerProtocol
    {
        public override string Name => name;
    }
}
