using Farm.Server.Domain.Workers;

namespace Farm.Server.Operations.Workers;

/// <summary>What a worker protocol supports. A protocol with its own workers registers one as a service.</summary>
internal abstract class WorkerProtocol
{
    /// <summary>The name of the protocol in the store and the settings; unique and never changed.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Whether its workers poll for requested status changes and confirm them. If not, requests take effect immediately, and only awake and asleep can be
    /// requested: the farm decides only whether the worker gets tasks.
    /// </summary>
    public virtual bool PollsForRequests => false;

    /// <summary>Whether the worker timeout applies to its workers.</summary>
    public virtual bool TimesOut => false;

    /// <summary>Called before a worker is removed: releases what it holds in this protocol. The farm requeues its single tasks.</summary>
    public virtual Task RemovingAsync(FarmWorker worker) => Task.CompletedTask;
}
