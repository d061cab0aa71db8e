using Farm.Server.Domain.Managers;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Managers;

/// <summary>The managers that share the database, and which of them leads.</summary>
internal static class ManagerTable
{
    /// <summary>Writes a sign of life.</summary>
    public static void Beat(StoreSession db, Guid id, string name, string version, long startedAt, long now) => db.Execute(
        """
        INSERT INTO managers (id, name, version, started_at, seen_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, beats = managers.beats + 1
        """,
        id, name, version, startedAt, now);

    /// <summary>All managers, in the order in which they started.</summary>
    public static List<Manager> All(StoreSession db) => db.All(
        "SELECT id, name, version, started_at, seen_at, beats FROM managers ORDER BY id",
        static row => new Manager(row.Uuid(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)));

    /// <summary>The manager that leads; null for none.</summary>
    public static Guid? Leader(StoreSession db) => db.First("SELECT manager_id FROM leadership", static row => row.UuidOrNull(0));

    /// <summary>Lets a manager lead; null for none.</summary>
    public static void SetLeader(StoreSession db, Guid? id) => db.Execute("UPDATE leadership SET manager_id = $1", id);

    /// <summary>Removes a manager.</summary>
    public static void Remove(StoreSession db, Guid id) => db.Execute("DELETE FROM managers WHERE id = $1", id);
}
