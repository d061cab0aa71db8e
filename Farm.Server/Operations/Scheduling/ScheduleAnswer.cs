using Farm.Server.Domain.Workers;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Scheduling;

/// <summary>The answer to a worker that asks for a task: exactly one of the first three, or none if there is nothing to do.</summary>
/// <param name="Task">The task to run.</param>
/// <param name="ChangeTo">The status to which the worker must change first.</param>
/// <param name="NotAwake">The worker's status, if it may not ask for tasks in it.</param>
/// <param name="Platform">The platform that the worker registered with.</param>
internal readonly record struct ScheduleAnswer(AssignedTask? Task, WorkerStatus? ChangeTo, WorkerStatus? NotAwake, string Platform);
