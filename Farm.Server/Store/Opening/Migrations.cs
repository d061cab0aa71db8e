using System.Reflection;
using Microsoft.Data.Sqlite;

namespace Farm.Server.Store.Opening;

/// <summary>
/// Brings the schema up to date: the numbered .sql files of <c>Store/Migrations</c>, each in a transaction, counted in
/// <c>PRAGMA user_version</c>.
/// </summary>
internal static class Migrations
{
    private static readonly (int Number, string Name)[] All =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal) && name.Contains(".Migrations."))
            .Select(name => (int.Parse(name.Split(".Migrations.")[1][..4]), name))
            .OrderBy(migration => migration.Item1),
    ];

    /// <summary>The number of the newest migration that this program knows.</summary>
    public static int Newest => All[^1].Number;

    /// <summary>Runs the migrations that the database lacks.</summary>
    /// <param name="connection">The writer's connection.</param>
    /// <param name="present">The number of the last migration that it has.</param>
    public static void Run(SqliteConnection connection, int present)
    {
        foreach (var (number, name) in All)
        {
            if (number <= present) continue;
            using var transaction = connection.BeginTransaction();
            using var command = connection.CreateCommand();
            command.CommandText = Text(name);
            command.ExecuteNonQuery();
            command.CommandText = $"PRAGMA user_version = {number}";
            command.ExecuteNonQuery();
            transaction.Commit();
        }
    }

    private static string Text(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
