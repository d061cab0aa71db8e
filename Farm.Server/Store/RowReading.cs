using Microsoft.Data.Sqlite;

namespace Farm.Server.Store;

/// <summary>Reads values out of a row in the form that the domain uses.</summary>
internal static class RowReading
{
    /// <summary>A UUID stored as 16 bytes, big-endian.</summary>
    public static Guid Uuid(this SqliteDataReader row, int column) => new((byte[])row.GetValue(column), bigEndian: true);

    /// <summary>A UUID, or null.</summary>
    public static Guid? UuidOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.Uuid(column);

    /// <summary>An integer, or null.</summary>
    public static long? NumberOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    /// <summary>A text, or null.</summary>
    public static string? TextOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>A flag stored as 0 or 1.</summary>
    public static bool Flag(this SqliteDataReader row, int column) => row.GetInt64(column) != 0;
}
