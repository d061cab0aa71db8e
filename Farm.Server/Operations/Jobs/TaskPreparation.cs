using Farm.Server.JobTypes.Drafts;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Operations.Jobs;

/// <summary>Makes rows of the tasks of a draft while it is enumerated; done before the writer is asked, so that it is held as briefly as possible.</summary>
internal static class TaskPreparation
{
    /// <summary>The tasks of a draft from a place on, in slices.</summary>
    /// <param name="draft">What a job type made.</param>
    /// <param name="skip">How many tasks are written already.</param>
    /// <param name="size">How many tasks to a slice.</param>
    /// <param name="newId">Makes ids.</param>
    public static IEnumerable<NewTaskRow[]> Slices(JobDraft draft, long skip, int size, Func<Guid> newId) =>
        Rows(draft, skip, newId).Chunk(size);

    private static IEnumerable<NewTaskRow> Rows(JobDraft draft, long skip, Func<Guid> newId)
    {
        for (var stage = 0; stage < draft.Stages.Count; stage++)
        {
            var number = stage;
            NewTaskRow Row(TaskDraft task) => new(number, newId(), task.Name, CommandDraftJson.Write(task.Commands), task.StepsTotal, task.Frames);

            // What is found by its place is not made to be passed over.
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
