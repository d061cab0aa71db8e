using Farm.Server.Domain.Tasks;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>A task in a change of several, with values of its own.</summary>
/// <param name="Task">The task before the change.</param>
/// <param name="Values">Values that do not follow from the effect.</param>
/// <param name="Log">Lines of the farm for the task's log; empty for none.</param>
internal readonly record struct TaskRowChange(FarmTask Task, TaskRowValues Values, string Log);
