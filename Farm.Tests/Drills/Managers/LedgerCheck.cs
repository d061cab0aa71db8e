using Farm.Server.Store.Engine;
using Farm.Tests.Operations.Model;

namespace Farm.Tests.Drills.Managers;

/// <summary>Compares the database with what managers acknowledged.</summary>
internal static class LedgerCheck
{
    private const int Completed = 5;

    /// <summary>Everything that is wrong, with ids.</summary>
    /// <param name="ledger">What was acknowledged.</param>
    /// <param name="db">The database of the farm, all of which is read.</param>
    public static List<string> Violations(Ledger ledger, StoreSession db)
    {
        var violations = new List<string>();
        try
        {
            Invariants.Check(db, isPostgres: true);
        }
        catch (Xunit.Sdk.XunitException broken)
        {
            violations.Add(broken.Message);
        }

        CheckJobs(ledger, db, violations);
        CheckTasks(ledger, db, violations);
        violations.AddRange(ledger.Absurd.CountBy(answer => answer).Select(answer => $"unexpected answer ({answer.Value} times): {answer.Key}"));
        return violations;
    }

    private static void CheckJobs(Ledger ledger, StoreSession db, List<string> violations)
    {
        var jobs = db.All(
            """
            SELECT j.uuid, j.name, j.status, (SELECT count(*) FROM tasks t WHERE t.job_id = j.id), j.stays_open,
              (SELECT count(*) FROM tasks t WHERE t.job_id = j.id AND t.status <> 5), coalesce(j.mass_change, 0) FROM jobs j
            """,
            row => (
                Uuid: row.Uuid(0), Name: row.GetString(1), Status: row.GetInt32(2), Tasks: row.GetInt32(3), StaysOpen: row.GetInt32(4) == 1,
                Open: row.GetInt32(5), Change: row.GetInt32(6))).ToDictionary(job => job.Uuid);
        foreach (var (id, tasks) in ledger.Jobs)
        {
            if (!jobs.TryGetValue(Guid.Parse(id), out var job)) violations.Add($"job {id} was acknowledged and is gone");
            else if (job.Tasks != tasks) violations.Add($"job {id} has {job.Tasks} of {tasks} tasks");
        }

        violations.AddRange(jobs.Values.Where(job => !job.StaysOpen && job.Status != Completed)
            .Select(job => $"job {job.Uuid} ({job.Name}) has status {job.Status} in the end, with {job.Open} of {job.Tasks} tasks not completed and mass change {job.Change}"));
    }

    private static void CheckTasks(Ledger ledger, StoreSession db, List<string> violations)
    {
        var rows = db.All(
            "SELECT uuid, name, status, id, job_id FROM tasks",
            row => (Uuid: $"uuid:{row.Uuid(0)}", Name: $"name:{row.GetString(1)}", Status: row.GetInt32(2), Id: row.GetInt64(3), Job: row.GetInt64(4)));
        violations.AddRange(rows.Where(row => row.Status != Completed).GroupBy(row => (row.Job, row.Status)).Select(tasks =>
            $"{tasks.Count()} tasks of job id {tasks.Key.Job} have status {tasks.Key.Status} in the end, such as {tasks.First().Uuid} ({tasks.First().Name})"));
        var ids = rows.Select(row => (row.Uuid, row.Id)).Concat(rows.Select(row => (Uuid: row.Name, row.Id))).DistinctBy(row => row.Uuid)
            .ToDictionary(row => row.Uuid, row => row.Id);
        violations.AddRange(ledger.Tasks.Where(task => !ids.ContainsKey(task)).Select(task => $"task {task} was acknowledged and is gone"));

        var attempts = db.All(
            "SELECT a.task_id, a.outcome, w.uuid, w.name, w.id FROM attempts a JOIN workers w ON w.id = a.worker_id",
            row => (Task: row.GetInt64(0), IsCompletion: row.GetInt32(1) == 1, Workers: (string[])[$"uuid:{row.Uuid(2)}", $"name:{row.GetString(3)}", $"id:{row.GetInt64(4)}"]));
        var handedOut = attempts.SelectMany(attempt => attempt.Workers.Select(worker => (attempt.Task, worker))).ToHashSet();
        var completed = attempts.Where(attempt => attempt.IsCompletion).SelectMany(attempt => attempt.Workers.Select(worker => (attempt.Task, worker))).ToHashSet();
        violations.AddRange(ledger.HandOuts.Where(entry => !ids.TryGetValue(entry.Task, out var id) || !handedOut.Contains((id, entry.Worker)))
            .Select(entry => $"{entry.Task} was handed to {entry.Worker}, which is not known"));
        violations.AddRange(ledger.Completions.Where(entry => !ids.TryGetValue(entry.Task, out var id) || !completed.Contains((id, entry.Worker)))
            .Select(entry => $"{entry.Task} was completed by {entry.Worker}, which is not known"));
        violations.AddRange(ledger.Completions.GroupBy(entry => entry.Task).Where(task => task.Count() > 1)
            .Select(task => $"{task.Key} was accepted twice: {string.Join(", ", task.Select(entry => entry.Worker))}"));
        violations.AddRange(attempts.Where(attempt => attempt.IsCompletion).GroupBy(attempt => attempt.Task).Where(task => task.Count() > 1)
            .Select(task => $"task id {task.Key} has {task.Count()} completed attempts"));
    }
}
