namespace Farm.Server.Store.Tables.Tasks;

/// <summary>A task among many that change together: what the change needs to know of it.</summary>
/// <param name="Id">The small integer.</param>
/// <param name="Index">Its index in its job, from 0.</param>
/// <param name="StageId">Its stage.</param>
/// <param name="Status">Its status before the change.</param>
/// <param name="StepsCompleted">Steps done.</param>
/// <param name="StepsTotal">Steps in all.</param>
internal readonly record struct TaskRef(long Id, long Index, long StageId, TaskStatus Status, int StepsCompleted, int StepsTotal);
