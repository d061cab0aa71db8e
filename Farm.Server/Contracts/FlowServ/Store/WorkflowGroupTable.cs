using Dapper;
using Farm.Server.Domain.Accounts;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Accounts;

namespace Farm.Server.Contracts.FlowServ.Store;

/// <summary>A group of people who share the runs of a workflow.</summary>
/// <param name="Id">The database id.</param>
/// <param name="Key">The public id.</param>
/// <param name="WorkflowId">The database id of the workflow.</param>
/// <param name="WorkflowKey">The public id of the workflow.</param>
/// <param name="Name">Its name, unique within the workflow.</param>
/// <param name="Config">Client data as JSON; null for none.</param>
/// <param name="Parameters">Parameter declarations as JSON; null for those of the template.</param>
internal sealed record WorkflowGroup(long Id, string Key, long WorkflowId, string WorkflowKey, string Name, string? Config, string? Parameters);

/// <summary>Groups and their members in the store.</summary>
internal static class WorkflowGroupTable
{
    private const string Groups =
        """
        SELECT g.id, g.key, g.workflow_id, w.key AS workflow_key, g.name, g.config, g.parameters
        FROM workflow_groups g JOIN workflows w ON w.id = g.workflow_id
        """;

    /// <summary>The group with this database id, or null.</summary>
    public static WorkflowGroup? ById(StoreSession db, long id) =>
        db.Connection.QueryFirstOrDefault<WorkflowGroup>($"{Groups} WHERE g.id = @id", new { id });

    /// <summary>The group with this public id, or null.</summary>
    public static WorkflowGroup? ByKey(StoreSession db, string key) =>
        db.Connection.QueryFirstOrDefault<WorkflowGroup>($"{Groups} WHERE g.key = @key", new { key });

    /// <summary>The groups of an account, for one workflow or all, oldest first.</summary>
    public static List<WorkflowGroup> OfAccount(StoreSession db, long account, long? workflow) => db.Connection.Query<WorkflowGroup>(
        $"""
        {Groups} JOIN group_members m ON m.group_id = g.id
        WHERE m.account_id = @account AND (CAST(@workflow AS BIGINT) IS NULL OR g.workflow_id = @workflow) ORDER BY g.id
        """,
        new { account, workflow }).AsList();

    /// <summary>The groups of a workflow, oldest first.</summary>
    public static List<WorkflowGroup> OfWorkflow(StoreSession db, long workflow) =>
        db.Connection.Query<WorkflowGroup>($"{Groups} WHERE g.workflow_id = @workflow ORDER BY g.id", new { workflow }).AsList();

    /// <summary>Whether another group of a workflow has this name.</summary>
    public static bool HasName(StoreSession db, long workflow, string name, long except) => db.Connection.ExecuteScalar<long>(
        "SELECT count(*) FROM workflow_groups WHERE workflow_id = @workflow AND name = @name AND id <> @except", new { workflow, name, except }) > 0;

    /// <summary>Inserts a group and returns its database id.</summary>
    public static long Insert(StoreSession db, string key, long workflow, string name, string? config, string? parameters, long now) =>
        db.Connection.ExecuteScalar<long>(
            """
            INSERT INTO workflow_groups (key, workflow_id, name, config, parameters, created_at)
            VALUES (@key, @workflow, @name, @config, @parameters, @now) RETURNING id
            """,
            new { key, workflow, name, config, parameters, now });

    /// <summary>Renames a group.</summary>
    public static void Rename(StoreSession db, long id, string name) =>
        db.Connection.Execute("UPDATE workflow_groups SET name = @name WHERE id = @id", new { id, name });

    /// <summary>Replaces the members of a group.</summary>
    public static void SetMembers(StoreSession db, long id, IEnumerable<long> accounts)
    {
        db.Connection.Execute("DELETE FROM group_members WHERE group_id = @id", new { id });
        foreach (var account in accounts)
            db.Connection.Execute("INSERT INTO group_members (group_id, account_id) VALUES (@id, @account)", new { id, account });
    }

    /// <summary>Whether an account is a member.</summary>
    public static bool IsMember(StoreSession db, long id, long account) => db.Connection.ExecuteScalar<long>(
        "SELECT count(*) FROM group_members WHERE group_id = @id AND account_id = @account", new { id, account }) > 0;

    /// <summary>The members of a group, in the order in which they were added.</summary>
    public static List<Account> Members(StoreSession db, long id) => db.Connection.Query<Account>(
        $"SELECT {AccountTable.Columns} FROM group_members m JOIN accounts a ON a.id = m.account_id WHERE m.group_id = @id ORDER BY m.id",
        new { id }).AsList();

    /// <summary>Deletes a group with its members and uploads; its runs must be deleted before.</summary>
    public static void Remove(StoreSession db, long id)
    {
        db.Connection.Execute("DELETE FROM group_uploads WHERE group_id = @id", new { id });
        db.Connection.Execute("DELETE FROM group_members WHERE group_id = @id", new { id });
        db.Connection.Execute("DELETE FROM workflow_groups WHERE id = @id", new { id });
    }
}
