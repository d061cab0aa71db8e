using System.Reflection;

namespace Farm.Server.Store.Engine;

/// <summary>One schema migration.</summary>
/// <param name="Number">The number, from 1.</param>
/// <param name="Sql">The SQL script.</param>
internal sealed record Migration(int Number, string Sql)
{
    private const int Digits = 4;

    /// <summary>The migrations embedded in an assembly as <c>Migrations/ENGINE/0001_what_it_does.sql</c>, by number.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="folder">The folder that holds <c>Migrations</c>, as a namespace.</param>
    /// <param name="engine">The database engine, which is the name of the folder.</param>
    public static IReadOnlyList<Migration> Embedded(Assembly assembly, string folder, string engine = "Sqlite")
    {
        var prefix = $"{folder}.Migrations.{engine}.";
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
                .Select(name => new Migration(int.Parse(name.AsSpan(prefix.Length, Digits)), Text(assembly, name)))
                .OrderBy(migration => migration.Number),
        ];
    }

    private static string Text(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
