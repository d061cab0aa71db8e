using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>The stored lines of the projects' log.</summary>
internal static class ProjectLogTable
{
    /// <summary>Writes a line.</summary>
    public static void Insert(SqliteSession db, ProjectLogLine line) => db.Execute(
        "INSERT INTO project_log (level, time, message, data) VALUES ($1, $2, $3, $4)", line.Level, line.Time, line.Message, line.Data);

    /// <summary>The lines of a level after a time, in the order in which they came.</summary>
    public static List<ProjectLogLine> Since(SqliteSession db, ProjectLogLevel level, long time) => db.All(
        "SELECT level, time, message, data FROM project_log WHERE level = $1 AND time > $2 ORDER BY id",
        static row => new ProjectLogLine((ProjectLogLevel)row.GetInt32(0), row.GetInt64(1), row.GetString(2), row.GetString(3)), level, time);

    /// <summary>Removes the oldest lines beyond a number, at most so many; returns how many.</summary>
    public static int RemoveBeyond(SqliteSession db, int kept, int most) => db.Execute(
        """
        DELETE FROM project_log WHERE id IN (
          SELECT id FROM project_log WHERE id <= (SELECT id FROM project_log ORDER BY id DESC LIMIT 1 OFFSET $1) ORDER BY id LIMIT $2)
        """,
        kept, most);
}
