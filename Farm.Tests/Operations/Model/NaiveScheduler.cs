using Farm.Server.Store.Engine;

namespace Farm.Tests.Operations.Model;

/// <summary>The scheduler of Contracts/Flamenco/Contract.md section 4.6 the simple way: it looks at every task and trusts no counter.</summary>
internal static class NaiveScheduler
{
    /// <summary>The task that the worker must get next, or null.</summary>
    public static Guid? Next(FarmStore store, long workerId) => store.Read(db => db.First(
        """
        SELECT t.uuid FROM tasks t JOIN stages s ON s.id = t.stage_id JOIN jobs j ON j.id = t.job_id
        WHERE t.status IN (0, 1) AND j.status IN (1, 2) AND coalesce(j.mass_change, 0) NOT IN (1, 7)
          AND s.task_type IN (SELECT task_type FROM worker_task_types WHERE worker_id = $1)
          AND NOT EXISTS (
            SELECT 1 FROM stage_dependencies d JOIN tasks other ON other.stage_id = d.on_stage_id WHERE d.stage_id = s.id AND other.status <> 5)
          AND NOT EXISTS (SELECT 1 FROM task_failures f WHERE f.task_id = t.id AND f.worker_id = $1)
          AND NOT EXISTS (SELECT 1 FROM blocklist b WHERE b.job_id = j.id AND b.worker_id = $1 AND b.task_type = s.task_type)
          AND (j.worker_tag_id IS NULL OR j.worker_tag_id IN (SELECT tag_id FROM worker_tags WHERE worker_id = $1))
        ORDER BY j.priority DESC, s.priority DESC, j.created_at, j.id, t.number LIMIT 1
        """,
        row => (Guid?)row.Uuid(0), workerId));
}
