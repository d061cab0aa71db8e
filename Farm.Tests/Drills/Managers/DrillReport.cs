using Farm.Tests.Drills.Load;

namespace Farm.Tests.Drills.Managers;

/// <summary>What people read of a drill.</summary>
internal static class DrillReport
{
    private const int ShownLines = 60;

    /// <summary>The head of the table.</summary>
    public static string Head => $"{"fault",-16} {"victim",-9} {"leader",-6} {"lasted",8} {"gap",8} {"back",8}";

    /// <summary>A line of the table.</summary>
    public static string Line(FaultResult result) =>
        $"{result.Fault.Kind,-16} {result.Victim,-9} {(result.WasLeader ? "yes" : ""),-6} {Seconds(Lasted(result)),8} {Seconds(result.Gap),8} {Seconds(result.BackAfter),8}";

    /// <summary>Writes the result.</summary>
    public static void Write(IReadOnlyList<FaultResult> results, Ledger ledger, IReadOnlyList<string> violations, Action<string> output)
    {
        output($"Longest gap, without the time in which the database was down: {Seconds(results.Max(result => result.Gap - result.DatabaseDown))}; longest until a victim was back: {Seconds(results.Max(result => result.BackAfter))}");
        output(
            $"Acknowledged: {ledger.Jobs.Count} jobs with {ledger.Jobs.Sum(job => job.Tasks)} tasks, {ledger.Tasks.Count} more tasks, {ledger.HandOuts.Count} hand-outs, {ledger.Completions.Count} completions. "
            + $"Unknown: {ledger.Unknown} requests. Refused: {ledger.Refused} completions.");
        output(violations.Count == 0 ? "No violations." : $"{violations.Count} violations:");
        foreach (var violation in violations.Take(ShownLines)) output($"  {violation}");
    }

    /// <summary>Writes what went wrong while the service was away for long.</summary>
    public static void WriteFailures(FaultResult result, Action<string> output)
    {
        foreach (var failure in result.Failures.Take(ShownLines)) output($"    {failure}");
    }

    /// <summary>Writes what the managers logged.</summary>
    public static void WriteLogs(DrillFarm farm, Action<string> output)
    {
        foreach (var manager in farm.Managers)
        {
            output($"Log of {manager.Name}:");
            foreach (var line in manager.Output.Where(line => !line.Contains(" INF Job ") && !line.Contains(" INF Worker ")).TakeLast(ShownLines)) output($"  {line}");
        }
    }

    private static TimeSpan Lasted(FaultResult result) => result.DatabaseDown > TimeSpan.Zero ? result.DatabaseDown : result.Fault.Duration;

    private static string Seconds(TimeSpan? time) => time is { } known ? $"{known.TotalSeconds:0.00} s" : "never";
}
