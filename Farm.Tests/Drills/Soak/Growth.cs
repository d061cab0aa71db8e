namespace Farm.Tests.Drills.Soak;

/// <summary>Tells growth without bound from growth with the work that is done: compares the second quarter of the time with the last.</summary>
internal static class Growth
{
    private const double Megabyte = 1024 * 1024;

    // What the server knows by heart of a task that is done, such as in the caches of the database.
    private const double MemoryPerTask = 2048;
    private const double MemoryAllowance = 64 * Megabyte;
    private const double HandleAllowance = 40;
    private const double ThreadAllowance = 16;

    // A task with its attempt, its log and its indexes.
    private const double DatabasePerTask = 6 * 1024;
    private const double DatabaseAllowance = 8 * Megabyte;

    /// <summary>What has grown too much.</summary>
    public static List<string> Violations(IReadOnlyList<Sample> samples)
    {
        var quarter = samples.Count / 4;
        var (second, last) = (Sample.Mean([.. samples.Skip(quarter).Take(quarter)]), Sample.Mean([.. samples.TakeLast(quarter)]));
        var tasks = last.Completions - second.Completions;
        List<string> wrong = [];
        Add("memory", second.Memory, last.Memory, MemoryAllowance + tasks * MemoryPerTask);
        Add("handles", second.Handles, last.Handles, HandleAllowance);
        Add("threads", second.Threads, last.Threads, ThreadAllowance);
        Add("database", second.Database, last.Database, DatabaseAllowance + tasks * DatabasePerTask);
        return wrong;

        void Add(string what, double from, double to, double allowed)
        {
            if (to - from > allowed) wrong.Add($"{what} grew from {from:N0} to {to:N0} while {tasks:N0} tasks were completed; at most {allowed:N0} more are allowed");
        }
    }
}
