using Dapper;
using Farm.Server.Domain.Artifacts;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Views.Files;

/// <summary>Task output for display. Files become visible when their task completes.</summary>
internal static class ArtifactView
{
    /// <summary>Visible files: outcome 1 means that the attempt completed its task.</summary>
    private const string Visible =
        """
        FROM artifacts a JOIN attempts n ON n.id = a.attempt_id AND n.outcome = 1 JOIN tasks t ON t.id = a.task_id JOIN jobs j ON j.id = a.job_id
        """;

    private const string Files =
        $"""
        SELECT a.uuid, j.uuid AS job, t.uuid AS task, t.name AS task_name, t.number AS task_index, a.path, a.size, a.sha256, a.media_type, a.created_at
        {Visible}
        """;

    private const string ByUuid = $"{Files} WHERE a.uuid = @uuid";
    private const string ByTask = $"{Files} WHERE a.task_id = @task ORDER BY a.position";
    private const string ByJob = $"{Files} WHERE a.job_id = @job ORDER BY a.task_id, a.position LIMIT @count OFFSET @skip";
    private const string Sums = $"SELECT count(*) AS files, coalesce(sum(a.size), 0) AS bytes {Visible} WHERE a.job_id = @job";

    /// <summary>The file with this id; null if there is no visible one.</summary>
    public static Artifact? Find(StoreSession db, Guid uuid) => db.Connection.QueryFirstOrDefault<Artifact>(ByUuid, new { uuid });

    /// <summary>The files of a task, in upload order.</summary>
    public static List<Artifact> OfTask(StoreSession db, long task) => db.Connection.Query<Artifact>(ByTask, new { task }).AsList();

    /// <summary>Files of a job, by task index and then in upload order.</summary>
    public static List<Artifact> OfJob(StoreSession db, long job, int count, int skip) =>
        db.Connection.Query<Artifact>(ByJob, new { job, count, skip }).AsList();

    /// <summary>Number and total size of a job's files.</summary>
    public static FileTotals Totals(StoreSession db, long job) => db.Connection.QueryFirst<FileTotals>(Sums, new { job });
}
