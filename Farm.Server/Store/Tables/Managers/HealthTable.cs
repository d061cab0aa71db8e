using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Managers;

/// <summary>A row that is written to see whether the database can be written.</summary>
internal static class HealthTable
{
    /// <summary>Changes the row. SQLite writes nothing for a change to the same value.</summary>
    public static void Write(StoreSession db) => db.Execute("UPDATE health SET checks = checks + 1");
}
