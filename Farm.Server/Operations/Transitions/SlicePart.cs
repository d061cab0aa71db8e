using Farm.Server.Store.Engine;

namespace Farm.Server.Operations.Transitions;

/// <summary>Divides a slice of a bulk update into parts, so that it ends early when its tasks have many rows and take long.</summary>
internal static class SlicePart
{
    private const int Tasks = 250;

    /// <summary>Changes a slice of tasks, part by part, until the time of the transaction is up.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="from">The index of the first task.</param>
    /// <param name="total">The number of tasks of the job.</param>
    /// <param name="change">Changes the tasks from one index to another; false if something is left to do for them.</param>
    /// <returns>The index of the first task that is left.</returns>
    public static long Run(WriteTransaction tx, long from, long total, Func<long, long, bool> change)
    {
        var end = Math.Min(from + tx.Slice, total);
        while (from < end)
        {
            var last = Math.Min(from + Tasks, end) - 1;
            if (!change(from, last)) break;
            from = last + 1;
            if (tx.IsTimeUp) break;
        }

        return from;
    }
}
