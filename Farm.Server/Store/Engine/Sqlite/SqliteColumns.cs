using System.Runtime.InteropServices;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>
/// Reads columns of the current row. These functions run for every value of every row; with the raw pointer they cost a tenth of what they
/// cost with SQLitePCLRaw's SafeHandle, which is reference-counted on each call.
/// </summary>
internal static class SqliteColumns
{
    /// <summary>The native library that SQLitePCLRaw bundles and has loaded.</summary>
    internal const string Library = "e_sqlite3";

    /// <summary>The type of the value, one of SQLite's five.</summary>
    [DllImport(Library, EntryPoint = "sqlite3_column_type")]
    [SuppressGCTransition]
    public static extern int Type(nint statement, int column);

    /// <summary>An integer; 0 if null.</summary>
    [DllImport(Library, EntryPoint = "sqlite3_column_int64")]
    [SuppressGCTransition]
    public static extern long Integer(nint statement, int column);

    /// <summary>A floating-point number; 0 if null.</summary>
    [DllImport(Library, EntryPoint = "sqlite3_column_double")]
    [SuppressGCTransition]
    public static extern double Number(nint statement, int column);

    /// <summary>A text, which may contain U+0000; empty if null.</summary>
    public static string Text(nint statement, int column)
    {
        // The order matters: sqlite3_column_bytes counts UTF-8 bytes only after sqlite3_column_text.
        var address = TextAt(statement, column);
        return address == 0 ? "" : Marshal.PtrToStringUTF8(address, Length(statement, column));
    }

    /// <summary>A blob; empty if null.</summary>
    public static byte[] Bytes(nint statement, int column)
    {
        var address = BlobAt(statement, column);
        if (address == 0) return [];
        var bytes = new byte[Length(statement, column)];
        Marshal.Copy(address, bytes, 0, bytes.Length);
        return bytes;
    }

    /// <summary>A UUID stored as 16 bytes, big-endian.</summary>
    /// <exception cref="ArgumentException">The value is not a UUID.</exception>
    public static Guid Uuid(nint statement, int column)
    {
        var address = BlobAt(statement, column);
        if (address == 0 || Length(statement, column) != 16) throw new ArgumentException("the column does not hold a UUID");
        ReadOnlySpan<long> halves = [Marshal.ReadInt64(address), Marshal.ReadInt64(address, sizeof(long))];
        return new Guid(MemoryMarshal.AsBytes(halves), bigEndian: true);
    }

    [DllImport(Library, EntryPoint = "sqlite3_column_text")]
    private static extern nint TextAt(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_column_blob")]
    private static extern nint BlobAt(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_column_bytes")]
    [SuppressGCTransition]
    private static extern int Length(nint statement, int column);
}
