using System.Diagnostics;
using Farm.Tests.Drills.Load;

namespace Farm.Tests.Drills.Soak;

/// <summary>What the server uses at a moment.</summary>
/// <param name="Memory">Its working set in bytes.</param>
/// <param name="Handles">Its open files and sockets.</param>
/// <param name="Threads">Its threads.</param>
/// <param name="Database">The size of the database with its log in bytes.</param>
/// <param name="Completions">How many tasks have been completed.</param>
internal sealed record Sample(double Memory, double Handles, double Threads, double Database, double Completions)
{
    /// <summary>Takes one.</summary>
    public static Sample Take(DrillServer server, Ledger ledger)
    {
        using var process = Process.GetProcessById(server.Process.Id);
        var handles = OperatingSystem.IsLinux() ? Directory.GetFiles($"/proc/{process.Id}/fd").Length : process.HandleCount;
        var database = Directory.GetFiles(server.Data, "farm.db*").Sum(file => new FileInfo(file).Length);
        return new Sample(process.WorkingSet64, handles, process.Threads.Count, database, ledger.Completions.Count);
    }

    /// <summary>The means of some.</summary>
    public static Sample Mean(IReadOnlyCollection<Sample> samples) => new(
        samples.Average(sample => sample.Memory), samples.Average(sample => sample.Handles), samples.Average(sample => sample.Threads),
        samples.Average(sample => sample.Database), samples.Average(sample => sample.Completions));

    public override string ToString() =>
        $"{Memory / 1024 / 1024:0} MB of memory, {Handles:0} handles, {Threads:0} threads, {Database / 1024 / 1024:0.0} MB of database, {Completions:0} tasks completed";
}
