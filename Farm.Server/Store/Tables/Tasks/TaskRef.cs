namespace Farm.Server.Store.Tables.Tasks;

/// <summary>A task in a change of many, with the values that the change needs.</summary>
/// <param name="Id">The numeric id.</param>
/// <param name="Index">Its index in its job, from 0.</param>
/// <param name="StageId">Its stage.</param>
/// <param name="Status">Its status before the change.</param>
/// <param name="StepsCompleted">Completed steps.</param>
/// <param name="StepsTotal">Total steps.</param>
internal readonly record struct TaskRef(long Id, long Index, long StageId, TaskStatus Status, int StepsCompleted, int StepsTotal);
