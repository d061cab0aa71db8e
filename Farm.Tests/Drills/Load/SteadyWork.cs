using Farm.Server.Store.Engine;

namespace Farm.Tests.Drills.Load;

/// <summary>What must hold if all workers are well all the time and nobody takes tasks away from them.</summary>
internal static class SteadyWork
{
    private static readonly string[] Losses = ["No sign of life from worker", "No update of task", "was silent for"];

    /// <summary>Lines of the log in which the server gives up a worker or a task.</summary>
    public static IEnumerable<string> GivenUp(DrillServer server) => server.Output.Where(line => Losses.Any(loss => line.Contains(loss, StringComparison.Ordinal)));

    /// <summary>Attempts of workers of the Flamenco protocol that ended otherwise than by being completed, although each worker completes what it has.</summary>
    public static IEnumerable<string> TakenAway(StoreSession db) => db.All(
        "SELECT a.task_id, w.name, a.outcome FROM attempts a JOIN workers w ON w.id = a.worker_id WHERE a.outcome > 1",
        row => (Task: row.GetInt64(0), Worker: row.GetString(1), Outcome: row.GetInt32(2)))
        .Where(attempt => attempt.Worker.StartsWith(FlamencoWorker.NamePrefix, StringComparison.Ordinal))
        .Select(attempt => $"task id {attempt.Task} was taken from {attempt.Worker}, which is well (outcome {attempt.Outcome})");
}
