using Microsoft.Data.Sqlite;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>
/// Compares the schema of a database with that of this program, and takes the steps that it lacks, each in a transaction of its own. The version of
/// the farm's own schema is <c>PRAGMA user_version</c>, those of the protocols are in <c>module_schemas</c>.
/// </summary>
/// <param name="connection">The writer's connection.</param>
/// <param name="schema">What this program knows.</param>
internal sealed class SchemaUpgrade(SqliteConnection connection, Schema schema)
{
    private readonly long _present = Scalar(connection, "PRAGMA user_version") as long? ?? 0;
    private readonly Dictionary<string, long> _modules = ModuleVersions(connection);

    /// <summary>The version of the farm's own schema that the database has; 0 for an empty one.</summary>
    public long Present => _present;

    /// <summary>Whether any step is lacking.</summary>
    public bool IsNeeded => _present < schema.Newest || schema.Modules.Any(module => VersionOf(module) < module.Newest);

    /// <summary>The newest of the lacking steps in one word for a file's name, such as <c>schema-12</c> or <c>aspire-2</c>.</summary>
    public string Name => _present < schema.Newest || schema.Modules.FirstOrDefault(module => VersionOf(module) < module.Newest) is not { } behind
        ? $"schema-{schema.Newest}"
        : $"{behind.Module}-{behind.Newest}";

    /// <summary>What in the database is newer than this program, such as <c>schema 13, this one knows 12</c>; null when nothing is.</summary>
    public string? Newer => _present > schema.Newest
        ? $"schema {_present}, this one knows {schema.Newest}"
        : schema.Modules.FirstOrDefault(module => VersionOf(module) > module.Newest) is { } module
            ? $"{module.Module} schema {VersionOf(module)}, this one knows {module.Newest}"
            : null;

    /// <summary>Protocols that the database has tables of and this program does not have. Their tables are left alone.</summary>
    public IReadOnlyList<string> Foreign => [.. _modules.Keys.Except(schema.Modules.Select(module => module.Module)).Order()];

    /// <summary>Takes all steps that are lacking.</summary>
    /// <exception cref="SqliteException">One cannot be taken; those before it stay.</exception>
    public void Run()
    {
        foreach (var step in schema.Steps.Where(step => step.Number > _present)) Take(step, $"PRAGMA user_version = {step.Number}");
        // The farm's own steps say which of the protocols' steps an older database has already taken.
        var taken = ModuleVersions(connection);
        foreach (var module in schema.Modules)
        {
            foreach (var step in module.Steps.Where(step => step.Number > taken.GetValueOrDefault(module.Module)))
            {
                Take(
                    step,
                    $"""
                    INSERT INTO module_schemas (module, version) VALUES ('{module.Module}', {step.Number})
                    ON CONFLICT (module) DO UPDATE SET version = excluded.version
                    """);
            }
        }
    }

    private long VersionOf(ModuleSchema module) => _modules.GetValueOrDefault(module.Module);

    private void Take(Migration step, string remember)
    {
        using var transaction = connection.BeginTransaction();
        Execute(step.Sql);
        Execute(remember);
        transaction.Commit();
    }

    /// <summary>Runs a whole script. A command of ADO.NET stops at the first statement that has columns, as some ALTER TABLE do, without a word.</summary>
    private void Execute(string script)
    {
        var result = SQLitePCL.raw.sqlite3_exec(connection.Handle, script);
        if (result != SQLitePCL.raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(result, connection.Handle);
    }

    private static Dictionary<string, long> ModuleVersions(SqliteConnection connection)
    {
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        if (Scalar(connection, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'module_schemas'") is null) return versions;
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT module, version FROM module_schemas";
        using var reader = command.ExecuteReader();
        while (reader.Read()) versions.Add(reader.GetString(0), reader.GetInt64(1));
        return versions;
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
