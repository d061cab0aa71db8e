using System.Collections.Frozen;
using Farm.Server.Domain.Workers;

namespace Farm.Server.Operations.Workers;

/// <summary>The protocols of workers that this farm knows.</summary>
/// <param name="protocols">Those that have workers of their own.</param>
internal sealed class WorkerProtocols(IEnumerable<WorkerProtocol> protocols)
{
    private readonly FrozenDictionary<string, WorkerProtocol> _protocols = protocols.ToFrozenDictionary(protocol => protocol.Name);

    /// <summary>The protocols whose silent workers time out.</summary>
    public IEnumerable<WorkerProtocol> ThatTimeOut => _protocols.Values.Where(protocol => protocol.TimesOut);

    /// <summary>The protocol that a worker speaks. Of one that nobody knows any more, nothing can be asked.</summary>
    public WorkerProtocol Of(FarmWorker worker) => _protocols.GetValueOrDefault(worker.Contract) ?? new Unknown(worker.Contract);

    private sealed class Unknown(string name) : WorkerProtocol
    {
        public override string Name => name;
    }
}
