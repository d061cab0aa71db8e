using Farm.Server.Domain.Accounts;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Accounts;

namespace Farm.Server.Contracts.FlowServ.Store;

/// <summary>People that run a workflow together.</summary>
/// <param name="Id">The small integer that the store uses.</param>
/// <param name="Key">The id that clients see.</param>
/// <param name="WorkflowId">What they run.</param>
/// <param name="WorkflowKey">The same as clients see it.</param>
/// <param name="Name">How they call themselves; unique among those of the workflow.</param>
/// <param name="Config">What their client keeps with them, as JSON; null for nothing.</param>
/// <param name="Parameters">Declarations in place of those of the template, as JSON; null for those of the template.</param>
internal sealed record WorkflowGroup(long Id, string Key, long WorkflowId, string WorkflowKey, string Name, string? Config, string? Parameters);

/// <summary>Groups and their members in the store.</summary>
internal static class WorkflowGroupTable
{
    private const string Groups =
        """
        SELECT g.id, g.key, g.workflow_id, w.key, g.name, g.config, g.parameters FROM workflow_groups g JOIN workflows w ON w.id = g.workflow_id
        """;

    /// <summary>The group with this id, or null.</summary>
    public static WorkflowGroup? ById(SqliteSession db, long id) => db.First($"{Groups} WHERE g.id = $1", Read, id);

    /// <summary>The group that clients know by this id, or null.</summary>
    public static WorkflowGroup? ByKey(SqliteSession db, string key) => db.First($"{Groups} WHERE g.key = $1", Read, key);

    /// <summary>The groups of an account, oldest first; of one workflow, or of all.</summary>
    public static List<WorkflowGroup> OfAccount(SqliteSession db, long accountId, long? workflowId) => db.All(
        $"{Groups} JOIN group_members m ON m.group_id = g.id WHERE m.account_id = $1 AND ($2 IS NULL OR g.workflow_id = $2) ORDER BY g.id",
        Read, accountId, workflowId);

    /// <summary>The groups of a workflow, oldest first.</summary>
    public static List<WorkflowGroup> OfWorkflow(SqliteSession db, long workflowId) =>
        db.All($"{Groups} WHERE g.workflow_id = $1 ORDER BY g.id", Read, workflowId);

    /// <summary>Whether another group of a workflow has this name.</summary>
    public static bool HasName(SqliteSession db, long workflowId, string name, long except) =>
        db.Number("SELECT count(*) FROM workflow_groups WHERE workflow_id = $1 AND name = $2 AND id <> $3", workflowId, name, except) > 0;

    /// <summary>Writes a group and returns its id.</summary>
    public static long Insert(SqliteSession db, string key, long workflowId, string name, string? config, string? parameters, long now) => db.Insert(
        "INSERT INTO workflow_groups (key, workflow_id, name, config, parameters, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        key, workflowId, name, config, parameters, now);

    /// <summary>Gives a group another name.</summary>
    public static void Rename(SqliteSession db, long id, string name) => db.Execute("UPDATE workflow_groups SET name = $2 WHERE id = $1", id, name);

    /// <summary>Replaces the members of a group.</summary>
    public static void SetMembers(SqliteSession db, long id, IEnumerable<long> accounts)
    {
        db.Execute("DELETE FROM group_members WHERE group_id = $1", id);
        foreach (var account in accounts) db.Execute("INSERT INTO group_members (group_id, account_id) VALUES ($1, $2)", id, account);
    }

    /// <summary>Whether an account is a member.</summary>
    public static bool IsMember(SqliteSession db, long id, long accountId) =>
        db.Number("SELECT count(*) FROM group_members WHERE group_id = $1 AND account_id = $2", id, accountId) > 0;

    /// <summary>The members of a group, in the order in which they were named.</summary>
    public static List<Account> Members(SqliteSession db, long id) => db.All(
        """
        SELECT a.id, a.uuid, a.username, a.is_active, a.is_administrator, a.created_at
        FROM group_members m JOIN accounts a ON a.id = m.account_id WHERE m.group_id = $1 ORDER BY m.id
        """,
        AccountTable.Read, id);

    /// <summary>Removes a group with its members and uploads; its runs are gone already.</summary>
    public static void Remove(SqliteSession db, long id)
    {
        db.Execute("DELETE FROM group_uploads WHERE group_id = $1", id);
        db.Execute("DELETE FROM group_members WHERE group_id = $1", id);
        db.Execute("DELETE FROM workflow_groups WHERE id = $1", id);
    }

    private static WorkflowGroup Read(SqliteRow row) => new(
        row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetString(4), row.TextOrNull(5), row.TextOrNull(6));
}
