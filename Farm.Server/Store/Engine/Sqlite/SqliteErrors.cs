using Microsoft.Data.Sqlite;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>Classifies SQLite errors (sqlite.org, "Result and Error Codes").</summary>
internal static class SqliteErrors
{
    private const int Error = 1;
    private const int TooBig = 18;
    private const int Constraint = 19;
    private const int Mismatch = 20;
    private const int Misuse = 21;
    private const int Range = 25;

    /// <summary>Whether the disk or the database file failed, so that the whole transaction is lost and not only one statement.</summary>
    public static bool IsDiskFailure(Exception error) =>
        error is SqliteException sqlite
        && sqlite.SqliteErrorCode is not (Error or TooBig or Constraint or Mismatch or Misuse or Range);
}
