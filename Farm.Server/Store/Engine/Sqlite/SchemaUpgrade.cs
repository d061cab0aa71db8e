using Microsoft.Data.Sqlite;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>
/// Compares the schema of a database with that of this program and runs the missing migrations, each in its own transaction. The core
/// version is <c>PRAGMA user_version</c>; protocol versions are in <c>module_schemas</c>.
/// </summary>
/// <param name="connection">The writer's connection.</param>
/// <param name="schema">The schema of this program.</param>
internal sealed class SchemaUpgrade(SqliteConnection connection, Schema schema)
{
    private readonly long _present = Scalar(connection, "PRAGMA user_version") as long? ?? 0;
    private readonly Dictionary<string, long> _modules = ModuleVersions(connection);

    /// <summary>The core version of the database; 0 if it is empty.</summary>
    public long Present => _present;

    /// <summary>Whether any migration is missing.</summary>
    public bool IsNeeded => _present < schema.Newest || schema.Modules.Any(module => VersionOf(module) < module.Newest);

    /// <summary>The newest missing migration for a file name, such as <c>schema-12</c> or <c>aspire-2</c>.</summary>
    public string Name => _present < schema.Newest || schema.Modules.FirstOrDefault(module => VersionOf(module) < module.Newest) is not { } behind
        ? $"schema-{schema.Newest}"
        : $"{behind.Module}-{behind.Newest}";

    /// <summary>
    /// What in the database is newer than this program, such as <c>schema 13; this version supports 12</c>; null if nothing is.
    /// </summary>
    public string? Newer => _present > schema.Newest
        ? $"schema {_present}; this version supports {schema.Newest}"
        : schema.Modules.FirstOrDefault(module => VersionOf(module) > module.Newest) is { } module
            ? $"{module.Module} schema {VersionOf(module)}; this version supports {module.Newest}"
            : null;

    /// <summary>Protocols that have tables in the database but are not part of this program; their tables are left unchanged.</summary>
    public IReadOnlyList<string> UnknownModules => [.. _modules.Keys.Except(schema.Modules.Select(module => module.Module)).Order()];

    /// <summary>Runs all missing migrations.</summary>
    /// <exception cref="SqliteException">A migration failed; earlier ones stay applied.</exception>
    public void Run()
    {
        foreach (var step in schema.Steps.Where(step => step.Number > _present)) Apply(step, $"PRAGMA user_version = {step.Number}");
        // Read again: a core migration records which protocol migrations an older database already has.
        var applied = ModuleVersions(connection);
        foreach (var module in schema.Modules)
        {
            foreach (var step in module.Steps.Where(step => step.Number > applied.GetValueOrDefault(module.Module)))
            {
                Apply(
                    step,
                    $"""
                    INSERT INTO module_schemas (module, version) VALUES ('{module.Module}', {step.Number})
                    ON CONFLICT (module) DO UPDATE SET version = excluded.version
                    """);
            }
        }
    }

    private long VersionOf(ModuleSchema module) => _modules.GetValueOrDefault(module.Module);

    private void Apply(Migration step, string recordVersion)
    {
        using var transaction = connection.BeginTransaction();
        Execute(step.Sqlite);
        Execute(recordVersion);
        transaction.Commit();
    }

    /// <summary>
    /// Runs a whole script. An ADO.NET command would silently stop at the first statement with columns, such as some ALTER TABLE.
    /// </summary>
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
