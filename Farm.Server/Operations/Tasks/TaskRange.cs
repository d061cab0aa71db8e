namespace Farm.Server.Operations.Tasks;

/// <summary>A range of consecutive tasks of a job.</summary>
/// <param name="First">The index of the first.</param>
/// <param name="Last">The index of the last; at least <paramref name="First"/>.</param>
internal readonly record struct TaskRange(int First, int Last)
{
    /// <summary>Maximum number of ranges per transaction; each takes several statements.</summary>
    private const int MaxRanges = 200;

    /// <summary>The number of tasks.</summary>
    public int Count => Last - First + 1;

    /// <summary>Splits tasks into slices that are small enough for one transaction each.</summary>
    /// <param name="indexes">The indexes in any order, with or without repeats; null for all tasks of the job.</param>
    /// <param name="total">The number of tasks of the job.</param>
    /// <param name="slice">The maximum number of tasks per transaction.</param>
    public static List<List<TaskRange>> Slices(IReadOnlyCollection<int>? indexes, long total, int slice)
    {
        var slices = new List<List<TaskRange>>();
        var room = 0;
        foreach (var whole in indexes is null ? [new TaskRange(0, (int)total - 1)] : Runs(indexes))
        {
            for (var rest = whole; rest.Count > 0;)
            {
                if (room == 0 || slices[^1].Count == MaxRanges)
                {
                    slices.Add([]);
                    room = slice;
                }

                var part = rest with { Last = Math.Min(rest.Last, rest.First + room - 1) };
                slices[^1].Add(part);
                room -= part.Count;
                rest = rest with { First = part.Last + 1 };
            }
        }

        return slices;
    }

    private static IEnumerable<TaskRange> Runs(IEnumerable<int> indexes)
    {
        TaskRange? run = null;
        foreach (var index in indexes.Distinct().Order())
        {
            if (run is { } open && index == open.Last + 1)
            {
                run = open with { Last = index };
                continue;
            }

            if (run is { } whole) yield return whole;
            run = new TaskRange(index, index);
        }

        if (run is { } last) yield return last;
    }
}
