using Dapper;
using Farm.Server.JobTypes.FlowServ.Arguments;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.FlowServ.Store;

/// <summary>An installed workflow.</summary>
/// <param name="Id">The database id.</param>
/// <param name="Key">The public id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">Its description; null for none.</param>
/// <param name="Instructions">Its instructions; null for none.</param>
/// <param name="Template">Its template as JSON.</param>
/// <param name="CreatedAt">When it was installed, in unix milliseconds.</param>
internal sealed record Workflow(long Id, string Key, string Name, string? Description, string? Instructions, string Template, long CreatedAt);

/// <summary>Workflows in the store, with the input files of all their runs.</summary>
internal static class WorkflowTable
{
    /// <summary>The columns of a workflow <c>w</c>.</summary>
    public const string Columns = "w.id, w.key, w.name, w.description, w.instructions, w.template, w.created_at";

    private const string Workflows = $"SELECT {Columns} FROM workflows w";

    /// <summary>All workflows, by name.</summary>
    public static List<Workflow> All(StoreSession db) => db.Connection.Query<Workflow>($"{Workflows} ORDER BY w.name").AsList();

    /// <summary>The workflow with this database id, or null.</summary>
    public static Workflow? ById(StoreSession db, long id) =>
        db.Connection.QueryFirstOrDefault<Workflow>($"{Workflows} WHERE w.id = @id", new { id });

    /// <summary>The workflow with this public id, or null.</summary>
    public static Workflow? ByKey(StoreSession db, string key) =>
        db.Connection.QueryFirstOrDefault<Workflow>($"{Workflows} WHERE w.key = @key", new { key });

    /// <summary>Whether a name is taken.</summary>
    public static bool HasName(StoreSession db, string name) =>
        db.Connection.ExecuteScalar<long>("SELECT count(*) FROM workflows WHERE name = @name", new { name }) > 0;

    /// <summary>Inserts a workflow and returns its database id.</summary>
    public static long Insert(StoreSession db, Workflow workflow) => db.Connection.ExecuteScalar<long>(
        """
        INSERT INTO workflows (key, name, description, instructions, template, created_at)
        VALUES (@Key, @Name, @Description, @Instructions, @Template, @CreatedAt) RETURNING id
        """,
        workflow);

    /// <summary>Adds a file to a workflow.</summary>
    public static void InsertFile(StoreSession db, long id, RunFile file) => db.Connection.Execute(
        "INSERT INTO workflow_files (workflow_id, path, size, sha256) VALUES (@id, @Path, @Size, @Sha256)",
        new { id, file.Path, file.Size, file.Sha256 });

    /// <summary>The files of a workflow, by path.</summary>
    public static List<RunFile> Files(StoreSession db, long id) => db.Connection.Query<RunFile>(
        "SELECT path, sha256, size FROM workflow_files WHERE workflow_id = @id ORDER BY path", new { id }).AsList();

    /// <summary>Deletes a workflow; its groups must be deleted before.</summary>
    public static void Remove(StoreSession db, long id)
    {
        db.Connection.Execute("DELETE FROM workflow_files WHERE workflow_id = @id", new { id });
        db.Connection.Execute("DELETE FROM workflows WHERE id = @id", new { id });
    }
}
