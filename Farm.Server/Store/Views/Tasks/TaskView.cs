using Dapper;
using Farm.Server.Domain.Workers;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Views.Tasks;

/// <summary>Tasks by id or index.</summary>
internal static class TaskView
{
    private const string Rows = $"SELECT {TaskRow.Columns} FROM tasks t {TaskRow.Joins}";

    private const string Details =
        $"""
        SELECT {TaskDetails.Columns} FROM tasks t {TaskRow.Joins} JOIN command_lists c ON c.id = t.command_list_id WHERE t.uuid = @uuid
        """;

    private const string Failed =
        """
        SELECT w.uuid, w.name, w.address FROM task_failures f JOIN workers w ON w.id = f.worker_id
        WHERE f.task_id = @task ORDER BY lower(w.name), w.id
        """;

    private const string AfterIndex = $"{Rows} WHERE t.job_id = @job AND t.number > @after ORDER BY t.number LIMIT @count";

    private const string SummariesAfterIndex =
        $"SELECT {TaskSummary.Columns} FROM tasks t {TaskSummary.Joins} WHERE t.job_id = @job AND t.number > @after ORDER BY t.number LIMIT @count";

    private const string AtIndex = $"{Rows} WHERE t.job_id = @job AND t.number = @index";

    /// <summary>The task with this UUID, even if its job is being deleted; null if there is none.</summary>
    public static TaskDetails? Find(StoreSession db, Guid uuid) =>
        db.Connection.QueryFirstOrDefault<TaskDetails>(Details, new { uuid }) is { } task
            ? task with { FailedBy = db.Connection.Query<WorkerName>(Failed, new { task = task.Id }).AsList() }
            : null;

    /// <summary>Tasks of a job after an index, by index; -1 starts at the first.</summary>
    public static List<TaskRow> OfJob(StoreSession db, long job, long after, int count) =>
        db.Connection.Query<TaskRow>(AfterIndex, new { job, after, count }).AsList();

    /// <summary>As <see cref="OfJob"/>, with fewer columns.</summary>
    public static List<TaskSummary> SummariesOfJob(StoreSession db, long job, long after, int count) =>
        db.Connection.Query<TaskSummary>(SummariesAfterIndex, new { job, after, count }).AsList();

    /// <summary>The task at an index of a job, or null.</summary>
    public static TaskRow? At(StoreSession db, long job, long index) => db.Connection.QueryFirstOrDefault<TaskRow>(AtIndex, new { job, index });
}
