using Farm.Server.Store.Engine;

namespace Farm.Tests.Operations.Model;

/// <summary>What must be true of the rows after every step.</summary>
internal static class Invariants
{
    /// <summary>Each query finds violations of the rule in its name.</summary>
    private static (string Rule, string Query)[] Rules(bool isPostgres) =>
    [
        ("a project is an open job of the same name",
            "SELECT p.job_id FROM projects p LEFT JOIN jobs j ON j.id = p.job_id WHERE j.id IS NULL OR j.stays_open = 0 OR j.name <> p.name"),
        ("a task has a current attempt if and only if it is active",
            "SELECT id FROM tasks WHERE (status = 3) <> (attempt_id IS NOT NULL)"),
        ("the current attempt of a task is one that runs, of that task and of the worker that the task names",
            """
            SELECT t.id FROM tasks t LEFT JOIN attempts a ON a.id = t.attempt_id
            WHERE t.status = 3 AND (a.id IS NULL OR a.outcome <> 0 OR a.ended_at IS NOT NULL OR a.task_id <> t.id OR a.worker_id <> t.worker_id)
            """),
        ("an attempt that runs is the current one of its task",
            """
            SELECT a.id FROM attempts a WHERE a.outcome = 0 AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.attempt_id = a.id)
            """),
        ("an attempt that has ended says when and how", "SELECT id FROM attempts WHERE (outcome = 0) <> (ended_at IS NULL)"),
        ("the counters of a job equal its tasks",
            """
            SELECT j.id FROM jobs j WHERE coalesce(j.mass_change, 0) <> 7 AND (
              j.tasks_queued <> (SELECT count(*) FROM tasks t WHERE t.job_id = j.id AND t.status = 0) OR
              j.tasks_soft_failed <> (SELECT count(*) FROM tasks t WHERE t.job_id = j.id AND t.status = 1) OR
              j.tasks_pended <> (SELECT count(*) FROM tasks t WHERE t.job_id = j.id AND t.status = 2) OR
              j.tasks_active <> (SELECT count(*) FROM tasks t WHERE t.job_id = j.id AND t.status = 3) OR
              j.tasks_paused <> (SELECT count(*) FROM tasks t WHERE t.job_id = j.id AND t.status = 4) OR
              j.tasks_completed <> (SELECT count(*) FROM tasks t WHERE t.job_id = j.id AND t.status = 5) OR
              j.tasks_failed <> (SELECT count(*) FROM tasks t WHERE t.job_id = j.id AND t.status = 6) OR
              j.tasks_canceled <> (SELECT count(*) FROM tasks t WHERE t.job_id = j.id AND t.status = 7))
            """),
        ("the steps of a job are the sums over its tasks",
            """
            SELECT j.id FROM jobs j WHERE coalesce(j.mass_change, 0) NOT IN (1, 7) AND (
              j.steps_completed <> (SELECT sum(steps_completed) FROM tasks t WHERE t.job_id = j.id) OR
              j.steps_total <> (SELECT sum(steps_total) FROM tasks t WHERE t.job_id = j.id))
            """),
        ("a task has done no more steps than it has, and all when it is completed",
            "SELECT id FROM tasks WHERE steps_completed NOT BETWEEN 0 AND steps_total OR (status = 5 AND steps_completed <> steps_total)"),
        ("the counters of a stage equal its tasks",
            """
            SELECT s.id FROM stages s JOIN jobs j ON j.id = s.job_id WHERE coalesce(j.mass_change, 0) <> 7 AND (
              s.ready <> (SELECT count(*) FROM tasks t WHERE t.stage_id = s.id AND t.status IN (0, 1)) OR
              s.incomplete <> (SELECT count(*) FROM tasks t WHERE t.stage_id = s.id AND t.status <> 5))
            """),
        ("a stage knows how many stages it waits for",
            """
            SELECT s.id FROM stages s JOIN jobs j ON j.id = s.job_id WHERE coalesce(j.mass_change, 0) NOT IN (1, 7) AND s.unmet <> (
              SELECT count(*) FROM stage_dependencies d WHERE d.stage_id = s.id
              AND EXISTS (SELECT 1 FROM tasks t WHERE t.stage_id = d.on_stage_id AND t.status <> 5))
            """),
        ("a stage hands out if and only if its job does, and bears its priority",
            """
            SELECT s.id FROM stages s JOIN jobs j ON j.id = s.job_id
            WHERE (s.hands_out = 1) <> (j.status IN (1, 2) AND coalesce(j.mass_change, 0) NOT IN (1, 7)) OR s.job_priority <> j.priority
            """),
        ("a job that is to be deleted stays so", "SELECT id FROM jobs WHERE delete_requested_at IS NOT NULL AND coalesce(mass_change, 0) <> 7"),
        ("the stages of a job that stays open know that it does",
            """
            SELECT s.id FROM stages s JOIN jobs j ON j.id = s.job_id WHERE s.stays_open <> j.stays_open
            """),
        ("an attempt of a batch that runs is of the worker and the stage of a batch that is out",
            """
            SELECT a.id FROM attempts a JOIN tasks t ON t.id = a.task_id LEFT JOIN batches b ON b.id = a.batch_id
            WHERE a.batch_id IS NOT NULL AND a.outcome = 0 AND (b.state NOT IN (0, 1) OR b.worker_id <> a.worker_id OR b.stage_id <> t.stage_id OR b.id IS NULL)
            """),
        ("no id was minted that is later than the last",
            """
            SELECT id FROM batches WHERE id > (SELECT last FROM minted_ids) UNION ALL
            SELECT seed_id FROM seeds WHERE seed_id > (SELECT last FROM minted_ids) UNION ALL
            SELECT id FROM stages WHERE turn > (SELECT last FROM minted_ids)
            """),
        ("a seed is an open job, whose stages that are in turn know its connector",
            """
            SELECT s.job_id FROM seeds s LEFT JOIN jobs j ON j.id = s.job_id WHERE j.id IS NULL OR j.stays_open <> 1 UNION ALL
            SELECT t.id FROM stages t LEFT JOIN seeds s ON s.job_id = t.job_id WHERE t.route_id IS NOT NULL AND (s.job_id IS NULL OR s.connector <> t.connector)
            """),
        ("the places of the tasks of a job are dense",
            """
            SELECT j.id FROM jobs j WHERE coalesce(j.mass_change, 0) <> 7
              AND (SELECT count(*) FROM tasks t WHERE t.job_id = j.id) <> (SELECT coalesce(max(number) + 1, 0) FROM tasks t WHERE t.job_id = j.id)
            """),
        ("a task that a worker failed is in the list of the job, with the type of its stage",
            """
            SELECT f.task_id FROM task_failures f LEFT JOIN tasks t ON t.id = f.task_id LEFT JOIN stages s ON s.id = t.stage_id
            WHERE t.id IS NULL OR t.job_id <> f.job_id OR s.task_type <> f.task_type
            """),
        ("a stored content knows how many rows name it",
            """
            SELECT f.size FROM stored_files f WHERE f.users <>
              (SELECT count(*) FROM artifacts a WHERE a.sha256 = f.sha256) + (SELECT count(*) FROM job_inputs i WHERE i.sha256 = f.sha256)
              + (SELECT count(*) FROM workflow_files w WHERE w.sha256 = f.sha256) + (SELECT count(*) FROM group_uploads u WHERE u.sha256 = f.sha256)
            """),
        ("a job knows how many files its tasks produced, and their bytes",
            """
            SELECT j.id FROM jobs j WHERE j.artifact_files <> (SELECT count(*) FROM artifacts a WHERE a.job_id = j.id)
              OR j.artifact_bytes <> (SELECT coalesce(sum(size), 0) FROM artifacts a WHERE a.job_id = j.id)
            """),
        ("files of a task belong to an attempt that runs, or to the one that completed it",
            """
            SELECT a.id FROM artifacts a JOIN tasks t ON t.id = a.task_id LEFT JOIN attempts n ON n.id = a.attempt_id AND n.task_id = a.task_id
            WHERE n.id IS NULL OR a.job_id <> t.job_id OR NOT (t.attempt_id = n.id OR (n.outcome = 1 AND t.status = 5))
            """),
        ("a run is over if and only if its job is, and says when and with which messages",
            """
            SELECT r.id FROM runs r LEFT JOIN jobs j ON j.id = r.job_id
            WHERE j.id IS NULL OR j.uuid <> r.uuid OR coalesce(j.mass_change, 0) = 7 OR (r.state > 1) <> (j.status IN (5, 6, 8))
              OR (r.state > 1) <> (r.finished_at IS NOT NULL AND r.started_at IS NOT NULL AND r.messages IS NOT NULL)
              OR r.started_at < r.created_at OR r.finished_at < r.started_at
            """),
        ("a run that succeeded left every file that it had to",
            $"""
            SELECT r.id FROM runs r, {(isPostgres ? "json_array_elements_text(r.outputs::json) AS o(value)" : "json_each(r.outputs) o")} WHERE r.state = 2 AND NOT EXISTS (
              SELECT 1 FROM artifacts a JOIN attempts n ON n.id = a.attempt_id WHERE a.job_id = r.job_id AND a.path = o.value AND n.outcome = 1)
            """),
        ("a hash is that of one task that is present",
            """
            SELECT min(r.task_id) FROM recipes r JOIN tasks t ON t.id = r.task_id WHERE t.status NOT IN (5, 7) AND r.hash IS NOT NULL
            GROUP BY t.job_id, r.hash HAVING count(*) > 1
            """),
        ("a task that is present and has a hash is the one that took it last",
            """
            SELECT r.task_id FROM recipes r JOIN tasks t ON t.id = r.task_id JOIN jobs j ON j.id = t.job_id
            WHERE t.status NOT IN (5, 7) AND r.hash IS NOT NULL AND coalesce(j.mass_change, 0) <> 7
              AND NOT EXISTS (SELECT 1 FROM recipe_hashes h WHERE h.job_id = t.job_id AND h.hash = r.hash AND h.task_id = t.id)
            """),
        ("the voters of a stage are those of its tasks that are present",
            """
            SELECT t.id FROM tasks t JOIN stages s ON s.id = t.stage_id
            WHERE t.status NOT IN (5, 7) AND s.voters <> coalesce(
              (SELECT string_agg(CAST(worker_id AS TEXT), ',') FROM (SELECT worker_id FROM recipe_votes v WHERE v.task_id = t.id ORDER BY worker_id) AS v), '')
            """),
        ("a task that waits for more verifications has not got enough",
            """
            SELECT t.id FROM tasks t JOIN recipes r ON r.task_id = t.id WHERE t.status NOT IN (5, 7) AND r.verification_count <= (
              SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM recipe_votes v WHERE v.task_id = t.id GROUP BY v.verification) AS c)
            """),
        ("a task has failed less often than it may, or has failed",
            """
            SELECT t.id FROM tasks t JOIN recipes r ON r.task_id = t.id WHERE t.status NOT IN (5, 6, 7) AND r.retries > 0 AND r.retries >= r.max_retries
            """),
        ("nothing is left of a job that is gone",
            """
            SELECT x.id FROM tasks x WHERE NOT EXISTS (SELECT 1 FROM jobs y WHERE y.id = x.job_id) UNION ALL
            SELECT x.id FROM stages x WHERE NOT EXISTS (SELECT 1 FROM jobs y WHERE y.id = x.job_id) UNION ALL
            SELECT x.id FROM command_lists x WHERE NOT EXISTS (SELECT 1 FROM jobs y WHERE y.id = x.job_id) UNION ALL
            SELECT x.id FROM attempts x WHERE NOT EXISTS (SELECT 1 FROM tasks y WHERE y.id = x.task_id) UNION ALL
            SELECT x.id FROM task_logs x WHERE NOT EXISTS (SELECT 1 FROM tasks y WHERE y.id = x.task_id) AND NOT EXISTS (SELECT 1 FROM task_log_ranges r WHERE r.log_id = x.id) UNION ALL
            SELECT x.log_id FROM task_log_ranges x WHERE NOT EXISTS (SELECT 1 FROM jobs y WHERE y.id = x.job_id) UNION ALL
            SELECT x.task_id FROM recipes x WHERE NOT EXISTS (SELECT 1 FROM tasks y WHERE y.id = x.task_id) UNION ALL
            SELECT x.task_id FROM recipe_votes x WHERE NOT EXISTS (SELECT 1 FROM recipes y WHERE y.task_id = x.task_id) UNION ALL
            SELECT x.task_id FROM recipe_hashes x WHERE NOT EXISTS (SELECT 1 FROM jobs y WHERE y.id = x.job_id) UNION ALL
            SELECT x.job_id FROM projects x WHERE NOT EXISTS (SELECT 1 FROM jobs y WHERE y.id = x.job_id) UNION ALL
            SELECT x.id FROM artifacts x WHERE NOT EXISTS (SELECT 1 FROM tasks y WHERE y.id = x.task_id) UNION ALL
            SELECT x.attempt_id FROM task_messages x WHERE NOT EXISTS (SELECT 1 FROM tasks y WHERE y.id = x.task_id) UNION ALL
            SELECT x.job_id FROM job_inputs x WHERE NOT EXISTS (SELECT 1 FROM jobs y WHERE y.id = x.job_id) UNION ALL
            SELECT x.job_id FROM blocklist x WHERE NOT EXISTS (SELECT 1 FROM jobs y WHERE y.id = x.job_id) UNION ALL
            SELECT x.id FROM batches x WHERE NOT EXISTS (SELECT 1 FROM jobs y WHERE y.id = x.job_id)
            """),
    ];

    /// <summary>Fails with the first violated rule. After a long drill, each query sees hundreds of thousands of rows.</summary>
    public static void Check(FarmStore store) => store.Read(db =>
    {
        Check(db, store.IsShared);
        return true;
    });

    /// <summary>The same on a connection of the caller, who may have more patience than a farm.</summary>
    public static void Check(StoreSession db, bool isPostgres)
    {
        foreach (var (rule, query) in Rules(isPostgres))
            Assert.True(db.All(query, row => row.GetInt64(0)) is [], $"Broken: {rule}");
    }
}
