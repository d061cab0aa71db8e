using Microsoft.Data.Sqlite;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>Backs up the database while it is in use.</summary>
internal static class DatabaseBackup
{
    /// <summary>Writes a consistent copy and verifies it. The file gets its name only when it is complete.</summary>
    /// <param name="database">The database to copy.</param>
    /// <param name="target">The new file; must not exist.</param>
    /// <returns>The size of the copy in bytes.</returns>
    /// <exception cref="IOException">The copy could not be written, or is damaged.</exception>
    public static long Write(string database, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var partialFile = target + ".part";
        File.Delete(partialFile);
        try
        {
            Copy(database, partialFile);
            Verify(partialFile);
            File.Move(partialFile, target);
            return new FileInfo(target).Length;
        }
        catch (SqliteException failure)
        {
            throw new IOException($"the backup {target} could not be written: {failure.Message}", failure);
        }
        finally
        {
            File.Delete(partialFile);
        }
    }

    private static void Copy(string database, string target)
    {
        using var source = new SqliteConnection(Connections.ReadOnly(database));
        source.Open();
        using var copy = new SqliteConnection(Connections.Writer(target));
        copy.Open();
        source.BackupDatabase(copy);
        using var command = copy.CreateCommand();
        // Keeps the copy in a single file without a log.
        command.CommandText = "PRAGMA journal_mode = DELETE";
        command.ExecuteNonQuery();
    }

    private static void Verify(string file)
    {
        using var connection = new SqliteConnection(Connections.ReadOnly(file));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        var result = (string)command.ExecuteScalar()!;
        if (result != "ok") throw new IOException($"the backup {file} is damaged: {result.ReplaceLineEndings("; ")}");
    }
}
