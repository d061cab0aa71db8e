using Farm.Server.JobTypes.FlowServ.Arguments;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.FlowServ.Store;

/// <summary>A workflow that is installed.</summary>
/// <param name="Id">The small integer that the store uses.</param>
/// <param name="Key">The id that clients see.</param>
/// <param name="Name">How people call it.</param>
/// <param name="Description">What it is for; null when it is not said.</param>
/// <param name="Instructions">How it is used; null when it is not said.</param>
/// <param name="Template">Its template as JSON.</param>
/// <param name="CreatedAt">When it was installed, in unix milliseconds.</param>
internal sealed record Workflow(long Id, string Key, string Name, string? Description, string? Instructions, string Template, long CreatedAt);

/// <summary>Workflows in the store, with the files that all their runs have.</summary>
internal static class WorkflowTable
{
    private const string Columns = "id, key, name, description, instructions, template, created_at";

    /// <summary>Everything installed, by name.</summary>
    public static List<Workflow> All(SqliteSession db) => db.All($"SELECT {Columns} FROM workflows ORDER BY name", Read);

    /// <summary>The workflow with this id, or null.</summary>
    public static Workflow? ById(SqliteSession db, long id) => db.First($"SELECT {Columns} FROM workflows WHERE id = $1", Read, id);

    /// <summary>The workflow that clients know by this id, or null.</summary>
    public static Workflow? ByKey(SqliteSession db, string key) => db.First($"SELECT {Columns} FROM workflows WHERE key = $1", Read, key);

    /// <summary>Whether a name is taken.</summary>
    public static bool HasName(SqliteSession db, string name) => db.Number("SELECT count(*) FROM workflows WHERE name = $1", name) > 0;

    /// <summary>Writes a workflow and returns its id.</summary>
    public static long Insert(SqliteSession db, Workflow workflow) => db.Insert(
        "INSERT INTO workflows (key, name, description, instructions, template, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        workflow.Key, workflow.Name, workflow.Description, workflow.Instructions, workflow.Template, workflow.CreatedAt);

    /// <summary>Adds a file to a workflow.</summary>
    public static void InsertFile(SqliteSession db, long id, RunFile file) => db.Execute(
        "INSERT INTO workflow_files (workflow_id, path, size, sha256) VALUES ($1, $2, $3, $4)", id, file.Path, file.Size, file.Sha256);

    /// <summary>The files of a workflow, by path.</summary>
    public static List<RunFile> Files(SqliteSession db, long id) => db.All(
        "SELECT path, sha256, size FROM workflow_files WHERE workflow_id = $1 ORDER BY path",
        static row => new RunFile(row.GetString(0), row.GetString(1), row.GetInt64(2)), id);

    /// <summary>Removes a workflow; its groups are gone already.</summary>
    public static void Remove(SqliteSession db, long id)
    {
        db.Execute("DELETE FROM workflow_files WHERE workflow_id = $1", id);
        db.Execute("DELETE FROM workflows WHERE id = $1", id);
    }

    private static Workflow Read(SqliteRow row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.TextOrNull(3), row.TextOrNull(4), row.GetString(5), row.GetInt64(6));
}
