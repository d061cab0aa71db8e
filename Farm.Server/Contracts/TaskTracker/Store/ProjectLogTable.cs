using Dapper;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>Stored project log lines.</summary>
internal static class ProjectLogTable
{
    /// <summary>Inserts a line.</summary>
    public static void Insert(StoreSession db, ProjectLogLine line) => db.Connection.Execute(
        "INSERT INTO project_log (level, time, message, data) VALUES (@Level, @Time, @Message, @Data)", line);

    /// <summary>The lines of a level after a time, in order of insertion.</summary>
    public static List<ProjectLogLine> Since(StoreSession db, ProjectLogLevel level, long time) => db.Connection.Query<ProjectLogLine>(
        "SELECT level, time, message, data FROM project_log WHERE level = @level AND time > @time ORDER BY id", new { level, time }).AsList();

    /// <summary>Deletes the oldest lines beyond a number to keep, up to a maximum; returns how many.</summary>
    public static int RemoveBeyond(StoreSession db, int kept, int max) => db.Connection.Execute(
        """
        DELETE FROM project_log WHERE id IN (
          SELECT id FROM project_log WHERE id <= (SELECT id FROM project_log ORDER BY id DESC LIMIT 1 OFFSET @kept) ORDER BY id LIMIT @max)
        """,
        new { kept, max });
}
