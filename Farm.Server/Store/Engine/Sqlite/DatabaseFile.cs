using System.Runtime.InteropServices;
using SQLitePCL;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>Whether an open database is still the file of its name. If it is not, what is written to it is lost with the process.</summary>
internal static class DatabaseFile
{
    // sqlite.org, "Standard File Control Opcodes". SQLite compares device and inode; on Windows a file in use cannot be moved.
    private const int HasMovedCode = 20;

    /// <summary>Whether the file was moved, replaced or deleted.</summary>
    public static bool HasMoved(sqlite3 db)
    {
        var moved = 0;
        return Control(db.DangerousGetHandle(), null, HasMovedCode, ref moved) == raw.SQLITE_OK && moved != 0;
    }

    /// <summary>Whether a database that was opened for writing can only be read, because its file belongs to another account or is on a read-only disk.</summary>
    public static bool IsReadOnly(sqlite3 db) => raw.sqlite3_db_readonly(db, "main") == 1;

    [DllImport(SqliteColumns.Library, EntryPoint = "sqlite3_file_control")]
    private static extern int Control(nint db, [MarshalAs(UnmanagedType.LPUTF8Str)] string? database, int code, ref int result);
}
