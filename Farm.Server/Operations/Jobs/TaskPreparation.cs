using Farm.Server.JobTypes.Drafts;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Operations.Jobs;

/// <summary>Converts the tasks of a draft to rows while it is enumerated. This is done outside the write transaction to keep it short.</summary>
internal static class TaskPreparation
{
    /// <summary>A slice ends with the task that makes its commands longer than this, in characters, so that writing it does not take long.</summary>
    public const int MaxSliceLength = 1024 * 1024;

    /// <summary>The tasks of a draft in slices, from an index on.</summary>
    /// <param name="draft">The draft from the job type.</param>
    /// <param name="skip">The number of tasks already written.</param>
    /// <param name="size">The number of tasks per slice.</param>
    /// <param name="newId">Creates ids.</param>
    public static IEnumerable<NewTaskRow[]> Slices(JobDraft draft, long skip, int size, Func<Guid> newId) =>
        Slices(Rows(draft, skip, newId), size, row => row.Commands.Text.Length);

    /// <summary>Whether more tasks may follow a slice.</summary>
    public static bool IsFull(NewTaskRow[] slice, int size) =>
        slice.Length == size || slice.Sum(row => (long)row.Commands.Text.Length) > MaxSliceLength;

    /// <summary>Divides what is to be written into slices that are limited in number and length.</summary>
    /// <param name="rows">What is to be written.</param>
    /// <param name="size">The most rows of a slice.</param>
    /// <param name="lengthOf">The length of a row in characters.</param>
    public static IEnumerable<T[]> Slices<T>(IEnumerable<T> rows, int size, Func<T, int> lengthOf)
    {
        List<T> slice = [];
        var length = 0L;
        foreach (var row in rows)
        {
            slice.Add(row);
            length += lengthOf(row);
            if (slice.Count < size && length <= MaxSliceLength) continue;
            yield return [.. slice];
            slice.Clear();
            length = 0;
        }

        if (slice.Count > 0) yield return [.. slice];
    }

    private static IEnumerable<NewTaskRow> Rows(JobDraft draft, long skip, Func<Guid> newId)
    {
        var common = new CommonCommands();
        for (var stage = 0; stage < draft.Stages.Count; stage++)
        {
            var number = stage;
            NewTaskRow Row(TaskDraft task) =>
                new(number, newId(), task.Name, common.Find(CommandDraftJson.Write(task.Commands)), task.StepsTotal, task.Frames);

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
