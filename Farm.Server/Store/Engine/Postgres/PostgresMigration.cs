using Npgsql;

namespace Farm.Server.Store.Engine.Postgres;

/// <summary>Compares the schema of a database with that of this build and runs the missing migrations, all in one transaction.</summary>
/// <param name="connection">An open connection.</param>
/// <param name="name">The schema that holds the tables.</param>
/// <param name="schema">The migrations of this build.</param>
internal sealed class PostgresMigration(NpgsqlConnection connection, string name, Schema schema)
{
    /// <summary>Whether the schema holds the tables of a farm.</summary>
    public bool HasFarm => Number($"SELECT count(*) FROM pg_tables WHERE schemaname = '{name}' AND tablename = 'farm_schema'") > 0;

    /// <summary>Runs the missing migrations.</summary>
    /// <param name="isAlone">Whether no other manager uses the database; only then it may be changed.</param>
    /// <param name="log">The log.</param>
    /// <exception cref="StoreException">The schema belongs to something else, to a newer version, or to an older one that is in use.</exception>
    /// <exception cref="NpgsqlException">A migration failed; nothing was changed.</exception>
    public void Run(bool isAlone, ILogger log)
    {
        using var transaction = connection.BeginTransaction();
        var (core, modules) = Present();
        Check(core, modules);
        if (IsBehind(core, modules))
        {
            if (!isAlone)
                throw new StoreException("The database is of an older version, and managers of that version use it; stop them all, then start this one.");
            Apply(core, modules, log);
        }

        transaction.Commit();
    }

    /// <summary>Requires a farm of this build, and changes nothing.</summary>
    /// <exception cref="StoreException">There is none, or it belongs to another version.</exception>
    public void RequireUpToDate()
    {
        if (!HasFarm) throw new StoreException($"The schema \"{name}\" of the database holds no farm.");
        var (core, modules) = Present();
        Check(core, modules);
        if (IsBehind(core, modules)) throw new StoreException("The database was written by an older version; start the server once, which upgrades it.");
    }

    private (long Core, Dictionary<string, long> Modules) Present()
    {
        var modules = new Dictionary<string, long>(StringComparer.Ordinal);
        if (!HasFarm)
        {
            if (Number($"SELECT count(*) FROM pg_tables WHERE schemaname = '{name}'") > 0)
                throw new StoreException($"The schema \"{name}\" of the database holds tables that are not a farm's; choose another (…?schema=NAME).");
            return (0, modules);
        }

        var core = Number("SELECT version FROM farm_schema");
        using var command = new NpgsqlCommand("SELECT module, version FROM module_schemas", connection);
        using var reader = command.ExecuteReader();
        while (reader.Read()) modules.Add(reader.GetString(0), reader.GetInt64(1));
        return (core, modules);
    }

    private void Check(long core, Dictionary<string, long> modules)
    {
        var newer = core > schema.Newest
            ? $"schema {core}; this version supports {schema.Newest}"
            : schema.Modules.FirstOrDefault(module => modules.GetValueOrDefault(module.Module) > module.Newest) is { } ahead
                ? $"{ahead.Module} schema {modules[ahead.Module]}; this version supports {ahead.Newest}"
                : null;
        if (newer is not null) throw new StoreException($"The database was written by a newer version ({newer}); upgrade the server.");
    }

    private bool IsBehind(long core, Dictionary<string, long> modules) =>
        core < schema.Newest || schema.Modules.Any(module => modules.GetValueOrDefault(module.Module) < module.Newest);

    private void Apply(long core, Dictionary<string, long> modules, ILogger log)
    {
        if (core == 0)
        {
            Execute($"CREATE SCHEMA IF NOT EXISTS {name}");
            Execute("CREATE TABLE farm_schema (version BIGINT NOT NULL)");
            Execute("INSERT INTO farm_schema (version) VALUES (0)");
        }

        foreach (var step in schema.Steps.Where(step => step.Number > core)) Execute(Script(step, "the core"));
        Execute($"UPDATE farm_schema SET version = {schema.Newest}");
        foreach (var module in schema.Modules)
        {
            foreach (var step in module.Steps.Where(step => step.Number > modules.GetValueOrDefault(module.Module))) Execute(Script(step, module.Module));
            if (module.Newest == 0) continue;
            Execute(
                $"""
                INSERT INTO module_schemas (module, version) VALUES ('{module.Module}', {module.Newest})
                ON CONFLICT (module) DO UPDATE SET version = excluded.version
                """);
        }

        if (core > 0) log.LogInformation("Upgraded the database from schema {Present} to {Newest}", core, schema.Newest);
    }

    private static string Script(Migration step, string owner) =>
        step.Postgres ?? throw new StoreException($"{owner} cannot use PostgreSQL: its migration {step.Number} exists only for SQLite.");

    private long Number(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(command.ExecuteScalar());
    }

    private void Execute(string script)
    {
        // A table of millions of rows takes its time.
        using var command = new NpgsqlCommand(script, connection) { CommandTimeout = 0 };
        command.ExecuteNonQuery();
    }
}
