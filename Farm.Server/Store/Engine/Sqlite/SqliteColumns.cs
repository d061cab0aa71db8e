using System.Runtime.InteropServices;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>
/// Reads columns of the row at which a statement is. These few functions of SQLite are called for each value of each row, and by its address the
/// statement costs a tenth of what it does by the handle of SQLitePCLRaw, which is counted in and out at each call.
/// </summary>
internal static class SqliteColumns
{
    /// <summary>The library that SQLitePCLRaw brings and has loaded.</summary>
    private const string Library = "e_sqlite3";

    /// <summary>The type of the value, one of SQLite's five.</summary>
    [DllImport(Library, EntryPoint = "sqlite3_column_type")]
    [SuppressGCTransition]
    public static extern int Type(nint statement, int column);

    /// <summary>An integer; 0 when it is null.</summary>
    [DllImport(Library, EntryPoint = "sqlite3_column_int64")]
    [SuppressGCTransition]
    public static extern long Integer(nint statement, int column);

    /// <summary>A number; 0 when it is null.</summary>
    [DllImport(Library, EntryPoint = "sqlite3_column_double")]
    [SuppressGCTransition]
    public static extern double Number(nint statement, int column);

    /// <summary>A text, which may have U+0000 in it; empty when it is null.</summary>
    public static string Text(nint statement, int column)
    {
        // SQLite asks for the text first: only then are its bytes those of UTF-8.
        var address = TextAt(statement, column);
        return address == 0 ? "" : Marshal.PtrToStringUTF8(address, Length(statement, column));
    }

    /// <summary>Bytes; none when it is null.</summary>
    public static byte[] Bytes(nint statement, int column)
    {
        var address = BlobAt(statement, column);
        if (address == 0) return [];
        var bytes = new byte[Length(statement, column)];
        Marshal.Copy(address, bytes, 0, bytes.Length);
        return bytes;
    }

    /// <summary>A UUID stored as 16 bytes, big-endian.</summary>
    /// <exception cref="ArgumentException">The value is no such thing.</exception>
    public static Guid Uuid(nint statement, int column)
    {
        var address = BlobAt(statement, column);
        if (address == 0 || Length(statement, column) != 16) throw new ArgumentException("the column has no UUID");
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
