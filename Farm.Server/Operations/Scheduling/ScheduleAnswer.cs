using Farm.Server.Domain.Workers;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Scheduling;

/// <summary>The answer to a worker that asks for a task; exactly one of the three, or none when there is nothing to do.</summary>
/// <param name="Task">The task to do.</param>
/// <param name="ChangeTo">The status that the worker must take first.</param>
/// <param name="NotAwake">The status in which the worker may not ask.</param>
/// <param name="Platform">The platform that the worker registered with.</param>
internal readonly record struct ScheduleAnswer(AssignedTask? Task, WorkerStatus? ChangeTo, WorkerStatus? NotAwake, string Platform);
