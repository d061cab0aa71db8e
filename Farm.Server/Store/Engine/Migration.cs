using System.Reflection;

namespace Farm.Server.Store.Engine;

/// <summary>One migration, written for each engine.</summary>
/// <param name="Number">The number, from 1.</param>
/// <param name="Sqlite">Its script for SQLite.</param>
/// <param name="Postgres">Its script for PostgreSQL; null if there is none, so that the tables exist only in SQLite.</param>
internal sealed record Migration(int Number, string Sqlite, string? Postgres = null)
{
    private const int Digits = 4;

    /// <summary>The migrations in a folder of an assembly, by number: <c>Migrations/ENGINE/0001_what_it_does.sql</c>, embedded.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="folder">The folder that contains <c>Migrations</c>, as a namespace.</param>
    public static IReadOnlyList<Migration> Embedded(Assembly assembly, string folder)
    {
        var postgres = Scripts(assembly, $"{folder}.Migrations.Postgres.");
        return
        [
            .. Scripts(assembly, $"{folder}.Migrations.Sqlite.")
                .Select(script => new Migration(script.Key, script.Value, postgres.GetValueOrDefault(script.Key)))
                .OrderBy(migration => migration.Number),
        ];
    }

    private static Dictionary<int, string> Scripts(Assembly assembly, string prefix) => assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
        .ToDictionary(name => int.Parse(name.AsSpan(prefix.Length, Digits)), name => Text(assembly, name));

    private static string Text(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
