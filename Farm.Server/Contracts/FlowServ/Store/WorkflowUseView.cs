using Dapper;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.FlowServ.Store;

/// <summary>A workflow and how much it is used.</summary>
internal sealed record WorkflowUse(Workflow Workflow, long Groups, long Runs);

/// <summary>Workflows and how much they are used.</summary>
internal static class WorkflowUseView
{
    private const string Uses =
        $"""
        SELECT {WorkflowTable.Columns}, (SELECT count(*) FROM workflow_groups g WHERE g.workflow_id = w.id) AS group_count,
          (SELECT count(*) FROM runs r JOIN workflow_groups g ON g.id = r.group_id WHERE g.workflow_id = w.id) AS run_count
        FROM workflows w
        """;

    private const string ByName = $"{Uses} ORDER BY w.name";
    private const string ByKey = $"{Uses} WHERE w.key = @key";

    /// <summary>All workflows, by name.</summary>
    public static List<WorkflowUse> All(SqliteSession db) => Read(db, ByName, null);

    /// <summary>A workflow; null when there is none with this id.</summary>
    public static WorkflowUse? Find(SqliteSession db, string key) => Read(db, ByKey, new { key }) is [var found] ? found : null;

    private static List<WorkflowUse> Read(SqliteSession db, string sql, object? parameters) => db.Connection.Query<Workflow, Counts, WorkflowUse>(
        sql, static (workflow, counts) => new WorkflowUse(workflow, counts.GroupCount, counts.RunCount), parameters, splitOn: "group_count").AsList();

    private sealed record Counts(long GroupCount, long RunCount);
}
