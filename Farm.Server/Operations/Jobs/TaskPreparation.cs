using Farm.Server.JobTypes.Drafts;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Operations.Jobs;

/// <summary>Converts the tasks of a draft to rows while it is enumerated. This is done outside the write transaction to keep it short.</summary>
internal static class TaskPreparation
{
    /// <summary>The tasks of a draft in slices, from an index on.</summary>
    /// <param name="draft">The draft from the job type.</param>
    /// <param name="skip">The number of tasks already written.</param>
    /// <param name="size">The number of tasks per slice.</param>
    /// <param name="newId">Creates ids.</param>
    public static IEnumerable<NewTaskRow[]> Slices(JobDraft draft, long skip, int size, Func<Guid> newId) =>
        Rows(draft, skip, newId).Chunk(size);

    private static IEnumerable<NewTaskRow> Rows(JobDraft draft, long skip, Func<Guid> newId)
    {
        for (var stage = 0; stage < draft.Stages.Count; stage++)
        {
            var number = stage;
            NewTaskRow Row(TaskDraft task) => new(number, newId(), task.Name, CommandDraftJson.Write(task.Commands), task.StepsTotal, task.Frames);

            // An indexed list can skip tasks without creating them.
            if (draft.Stages[stage].Tasks is IReadOnlyList<TaskDraft> list)
            {
                for (; skip < list.Count; skip++) yield return Row(list[(int)skip]);
                skip -= list.Count;
                continue;
            }

            foreach (var task in draft.Stages[stage].Tasks)
            {
                if (skip > 0) skip--;
                else yield return Row(task);
            }
        }
    }
}
