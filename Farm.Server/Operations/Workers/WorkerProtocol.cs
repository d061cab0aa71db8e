using Farm.Server.Domain.Workers;

namespace Farm.Server.Operations.Workers;

/// <summary>What the protocol of workers lets the farm ask of them. A protocol with workers of its own registers one as a service.</summary>
internal abstract class WorkerProtocol
{
    /// <summary>The name that its workers bear in the store, as in the settings; unique, and never changed.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Whether its workers look for what is asked of them and say when they did that. With another, what people ask is so at once, and of that only waking
    /// and sleeping can be asked: whether it gets tasks is all that the farm decides.
    /// </summary>
    public virtual bool PollsForRequests => false;

    /// <summary>Whether the farm's limit for silent workers holds for its workers.</summary>
    public virtual bool TimesOut => false;

    /// <summary>A worker is about to be removed: takes from it what it holds in the way of this protocol. Its single tasks are requeued by the farm.</summary>
    public virtual Task RemovingAsync(FarmWorker worker) => Task.CompletedTask;
}
