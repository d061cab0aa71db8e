using Dapper;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.FlowServ.Store;

/// <summary>A workflow with its numbers of groups and runs.</summary>
internal sealed record WorkflowUsage(Workflow Workflow, long Groups, long Runs);

/// <summary>Workflows with their numbers of groups and runs.</summary>
internal static class WorkflowUsageView
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
    public static List<WorkflowUsage> All(StoreSession db) => Read(db, ByName, null);

    /// <summary>The workflow with this public id, or null.</summary>
    public static WorkflowUsage? Find(StoreSession db, string key) => Read(db, ByKey, new { key }) is [var found] ? found : null;

    private static List<WorkflowUsage> Read(StoreSession db, string sql, object? parameters) => db.Connection.Query<Workflow, Counts, WorkflowUsage>(
        sql, static (workflow, counts) => new WorkflowUsage(workflow, counts.GroupCount, counts.RunCount), parameters, splitOn: "group_count").AsList();

    private sealed record Counts(long GroupCount, long RunCount);
}
