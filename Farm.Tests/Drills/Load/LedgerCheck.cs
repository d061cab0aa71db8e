using Farm.Server.Store.Engine;
using Farm.Tests.Operations.Model;

namespace Farm.Tests.Drills.Load;

/// <summary>Compares the database with what managers acknowledged and refused.</summary>
internal static class LedgerCheck
{
    private const int Completed = 5;

    /// <summary>Everything that is wrong in the end, when all tasks should be completed, with ids.</summary>
    /// <param name="ledger">What was acknowledged.</param>
    /// <param name="db">The database of the farm, all of which is read.</param>
    /// <param name="isPostgres">The engine of the database.</param>
    public static List<string> Violations(Ledger ledger, StoreSession db, bool isPostgres)
    {
        var violations = Check(ledger, db, isPostgres, isEnd: true);
        CheckEnd(db, violations);
        return violations;
    }

    /// <summary>What is wrong while the work goes on: the ledger may be older than the database.</summary>
    public static List<string> AcknowledgedViolations(Ledger ledger, StoreSession db, bool isPostgres) => Check(ledger, db, isPostgres, isEnd: false);

    /// <summary>Attempts of workers of the Flamenco protocol of which no worker knows, although a worker that asks again is told the same attempt again.</summary>
    public static List<string> UnknownAttempts(Ledger ledger, StoreSession db)
    {
        var known = ledger.Attempts.ToHashSet();
        return [.. db.All(
            "SELECT a.id, a.task_id, w.name FROM attempts a JOIN workers w ON w.id = a.worker_id", row => (Id: $"{row.GetInt64(0)}", Task: row.GetInt64(1), Worker: row.GetString(2)))
            .Where(attempt => attempt.Worker.StartsWith(FlamencoWorker.NamePrefix, StringComparison.Ordinal) && !known.Contains(attempt.Id))
            .Select(attempt => $"attempt {attempt.Id} of task id {attempt.Task} was made for {attempt.Worker}, which never learned of it")];
    }

    private static List<string> Check(Ledger ledger, StoreSession db, bool isPostgres, bool isEnd)
    {
        var violations = new List<string>();
        try
        {
            Invariants.Check(db, isPostgres);
        }
        catch (Xunit.Sdk.XunitException broken)
        {
            violations.Add(broken.Message);
        }

        CheckJobs(ledger, db, violations);
        CheckTasks(ledger, db, isEnd, violations);
        CheckLogs(ledger, db, violations);
        CheckFiles(ledger, db, violations);
        violations.AddRange(ledger.Absurd.CountBy(answer => answer).Select(answer => $"unexpected answer ({answer.Value} times): {answer.Key}"));
        return violations;
    }

    private static void CheckJobs(Ledger ledger, StoreSession db, List<string> violations)
    {
        var jobs = db.All(
            "SELECT j.uuid, j.name, (SELECT count(*) FROM tasks t WHERE t.job_id = j.id) FROM jobs j",
            row => (Uuid: row.Uuid(0), Name: row.GetString(1), Tasks: row.GetInt32(2))).ToDictionary(job => job.Uuid);
        foreach (var (id, tasks) in ledger.Jobs)
        {
            if (!jobs.TryGetValue(Guid.Parse(id), out var job)) violations.Add($"job {id} was acknowledged and is gone");
            else if (job.Tasks != tasks) violations.Add($"job {id} has {job.Tasks} of {tasks} tasks");
        }

        var names = jobs.Values.Select(job => job.Name).ToHashSet();
        violations.AddRange(ledger.RefusedNames.Where(names.Contains).Select(name => $"job \"{name}\" exists, although it was refused"));
    }

    private static void CheckTasks(Ledger ledger, StoreSession db, bool isEnd, List<string> violations)
    {
        var rows = db.All("SELECT uuid, name, id FROM tasks", row => (Uuid: $"uuid:{row.Uuid(0)}", Name: $"name:{row.GetString(1)}", Id: row.GetInt64(2)));
        var ids = rows.Select(row => (row.Uuid, row.Id)).Concat(rows.Select(row => (Uuid: row.Name, row.Id))).DistinctBy(row => row.Uuid)
            .ToDictionary(row => row.Uuid, row => row.Id);
        violations.AddRange(ledger.Tasks.Where(task => !ids.ContainsKey(task)).Select(task => $"task {task} was acknowledged and is gone"));
        violations.AddRange(ledger.RefusedNames.Where(name => ids.ContainsKey($"name:{name}")).Select(name => $"task \"{name}\" exists, although it was refused"));

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
        if (!isEnd) return;
        // A worker that had the task several times may have been refused once and be heard the next time. task_tracker, whose workers have an id, answers a
        // repeated release as one of somebody else.
        var often = ledger.HandOuts.CountBy(entry => entry).ToDictionary();
        var accepted = ledger.Completions.ToHashSet();
        violations.AddRange(ledger.RefusedCompletions
            .Where(entry => !entry.Worker.StartsWith("id:", StringComparison.Ordinal) && often.GetValueOrDefault(entry) == 1 && !accepted.Contains(entry) && ids.TryGetValue(entry.Task, out var id) && completed.Contains((id, entry.Worker)))
            .Select(entry => $"{entry.Task} is completed by {entry.Worker}, although it was refused"));
    }

    private static void CheckLogs(Ledger ledger, StoreSession db, List<string> violations)
    {
        var lines = db.All("SELECT t.uuid, l.text FROM task_logs l JOIN tasks t ON t.id = l.task_id", row => (Task: $"uuid:{row.Uuid(0)}", Text: row.GetString(1)))
            .SelectMany(row => row.Text.Split('\n').Select(line => (row.Task, line))).CountBy(line => line).ToDictionary();
        violations.AddRange(ledger.Lines.Where(line => !lines.ContainsKey(line)).Select(line => $"the log of {line.Task} lost the line \"{line.Line}\""));
        violations.AddRange(ledger.LastLines.Where(line => lines.GetValueOrDefault(line) != 1)
            .Select(line => $"the log of {line.Task} has the line \"{line.Line}\" {lines.GetValueOrDefault(line)} times"));
        violations.AddRange(lines.Keys.Where(line => line.line.AsSpan().ContainsAny('\0', '\uFFFD')).Select(line => $"the log of {line.Task} has a line of garbage: {line.line}"));
    }

    private static void CheckFiles(Ledger ledger, StoreSession db, List<string> violations)
    {
        var files = db.All("SELECT t.uuid, a.path, a.sha256 FROM artifacts a JOIN tasks t ON t.id = a.task_id", row => ($"uuid:{row.Uuid(0)}", row.GetString(1), row.GetString(2))).ToHashSet();
        violations.AddRange(ledger.Files.Where(file => !files.Contains(file)).Select(file => $"file {file.Path} of {file.Task} was acknowledged and is gone"));
    }

    private static void CheckEnd(StoreSession db, List<string> violations)
    {
        violations.AddRange(db.All(
            """
            SELECT j.uuid, j.name, j.status, (SELECT count(*) FROM tasks t WHERE t.job_id = j.id),
              (SELECT count(*) FROM tasks t WHERE t.job_id = j.id AND t.status <> 5), coalesce(j.mass_change, 0) FROM jobs j
            WHERE j.stays_open = 0 AND j.status <> 5
            """,
            row => $"job {row.Uuid(0)} ({row.GetString(1)}) has status {row.GetInt32(2)} in the end, with {row.GetInt32(4)} of {row.GetInt32(3)} tasks not completed and mass change {row.GetInt32(5)}"));
        violations.AddRange(db.All(
            "SELECT uuid, name, status, job_id FROM tasks", row => (Uuid: row.Uuid(0), Name: row.GetString(1), Status: row.GetInt32(2), Job: row.GetInt64(3)))
            .Where(row => row.Status != Completed).GroupBy(row => (row.Job, row.Status)).Select(tasks =>
                $"{tasks.Count()} tasks of job id {tasks.Key.Job} have status {tasks.Key.Status} in the end, such as {tasks.First().Uuid} ({tasks.First().Name})"));
    }
}
