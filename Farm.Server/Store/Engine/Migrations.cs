using System.Reflection;
using Microsoft.Data.Sqlite;

namespace Farm.Server.Store.Engine;

/// <summary>One step of the schema.</summary>
/// <param name="Number">Counted from 1; <c>PRAGMA user_version</c> afterwards.</param>
/// <param name="Sql">What it does.</param>
internal sealed record Migration(int Number, string Sql);

/// <summary>Brings the schema up to date, each step in a transaction of its own.</summary>
/// <param name="all">The steps in their order.</param>
internal sealed class Migrations(IReadOnlyList<Migration> all)
{
    /// <summary>The steps that this program knows: the numbered .sql files of <c>Store/Migrations</c>.</summary>
    public static Migrations Shipped { get; } = new(
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal) && name.Contains(".Migrations.Sqlite."))
            .Select(name => new Migration(int.Parse(name.Split(".Migrations.Sqlite.")[1][..4]), Text(name)))
            .OrderBy(migration => migration.Number),
    ]);

    /// <summary>The steps in their order.</summary>
    public IReadOnlyList<Migration> All => all;

    /// <summary>The number of the newest step.</summary>
    public int Newest => all[^1].Number;

    /// <summary>Runs the steps that the database lacks.</summary>
    /// <param name="connection">The writer's connection.</param>
    /// <param name="present">The number of the last step that it has.</param>
    public void Run(SqliteConnection connection, int present)
    {
        foreach (var (number, sql) in all)
        {
            if (number <= present) continue;
            using var transaction = connection.BeginTransaction();
            Execute(connection, sql);
            Execute(connection, $"PRAGMA user_version = {number}");
            transaction.Commit();
        }
    }

    /// <summary>Runs a whole script. A command of ADO.NET stops at the first statement that has columns, as some ALTER TABLE do, without a word.</summary>
    private static void Execute(SqliteConnection connection, string script)
    {
        var result = SQLitePCL.raw.sqlite3_exec(connection.Handle, script);
        if (result != SQLitePCL.raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(result, connection.Handle);
    }

    private static string Text(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
