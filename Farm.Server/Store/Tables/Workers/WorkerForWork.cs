using Farm.Server.Domain.Workers;

namespace Farm.Server.Store.Tables.Workers;

/// <summary>What decides which task a worker gets.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="HoldsTask">Whether it holds a task.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="TaskTypes">The task types that it supports.</param>
internal sealed record WorkerForWork(FarmWorker Worker, bool HoldsTask, long[] Tags, string[] TaskTypes);
