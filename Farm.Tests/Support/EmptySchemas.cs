using System.Collections.Concurrent;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Farm.Tests.Support;

/// <summary>
/// Schemas of PostgreSQL for tests that do not care whether their farm finds its tables or makes them. A schema that a test is done with is
/// emptied and used again, because to empty one is ten times as fast as to make and drop one.
/// </summary>
/// <param name="source">Opens connections to the database.</param>
/// <param name="newName">Makes names of schemas.</param>
internal sealed class EmptySchemas(NpgsqlDataSource source, Func<string> newName)
{
    // Of an empty one with its indexes, about 1 MB. After mass tests a new schema is faster than one with all their dead rows.
    private const int MaxBytes = 4_000_000;

    private readonly ConcurrentQueue<string> _used = [];
    private readonly Lazy<Model> _model = new(() => Model.Create(source, newName()));

    /// <summary>A schema with the tables of a new farm, or the name of one that does not exist.</summary>
    public string Rent()
    {
        while (_used.TryDequeue(out var name))
        {
            if (_model.Value.TryEmpty(name)) return name;
            Drop(name);
        }

        return newName();
    }

    /// <summary>Takes a schema back. It is emptied only when it is needed, when the connections of its farm have ended.</summary>
    public void Return(string name) => _used.Enqueue(name);

    /// <summary>Drops all.</summary>
    public void DropAll()
    {
        while (_used.TryDequeue(out var name)) Drop(name);
        if (_model.IsValueCreated) Drop(_model.Value.Name);
    }

    private void Drop(string name)
    {
        using var command = source.CreateCommand($"DROP SCHEMA IF EXISTS {name} CASCADE");
        command.ExecuteNonQuery();
    }

    /// <summary>The schema of a new farm, with which others are compared.</summary>
    private sealed class Model
    {
        private readonly NpgsqlDataSource _source;
        private readonly string _shape;
        private readonly string _empty;

        private Model(NpgsqlDataSource source, string name)
        {
            (_source, Name) = (source, name);
            _shape = Text(Shape(name));
            // In one statement, references between rows are checked when all are deleted.
            _empty = Text(
                $"""
                WITH tables AS (
                  SELECT relname, (xpath('//c/text()', query_to_xml(format('SELECT count(*) AS c FROM {name}.%I', relname), true, true, '')))[1]::text::int AS rows
                  FROM pg_class WHERE relnamespace = '{name}'::regnamespace AND relkind = 'r'),
                sequences AS (SELECT relname FROM pg_class WHERE relnamespace = '{name}'::regnamespace AND relkind = 'S')
                SELECT 'WITH ' || (SELECT string_agg(format('%I AS (DELETE FROM %I)', relname || '_', relname), ', ') FROM tables)
                  || ' SELECT ' || (SELECT string_agg(format('setval(%L, 1, false)', relname), ', ') FROM sequences)
                  || coalesce((SELECT string_agg(format('; INSERT INTO %I SELECT * FROM {name}.%I', relname, relname), '') FROM tables WHERE rows > 0), '')
                """);
        }

        /// <summary>Its name.</summary>
        public string Name { get; }

        public static Model Create(NpgsqlDataSource source, string name)
        {
            using var connection = source.OpenConnection();
            using (var path = new NpgsqlCommand($"SET search_path = {name}, pg_catalog", connection)) path.ExecuteNonQuery();
            new PostgresMigration(connection, name, new Schema(Schema.Core, ProtocolSchemas.All)).Run(isAlone: true, NullLogger.Instance);
            return new Model(source, name);
        }

        /// <summary>Empties a schema; false if that is not enough to make it like new.</summary>
        public bool TryEmpty(string name)
        {
            using var connection = _source.OpenConnection();
            using var path = new NpgsqlCommand($"SET search_path = {name}, pg_catalog", connection);
            path.ExecuteNonQuery();
            using var check = new NpgsqlCommand(
                $"""
                SELECT ({Shape(name)}) = '{_shape}'
                  AND (SELECT sum(pg_relation_size(oid)) FROM pg_class WHERE relnamespace = '{name}'::regnamespace) < {MaxBytes}
                  AND NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE application_name = 'farm {name}')
                FROM pg_namespace WHERE nspname = '{name}'
                """,
                connection);
            if (check.ExecuteScalar() is not true) return false;
            using var empty = new NpgsqlCommand(_empty, connection);
            empty.ExecuteNonQuery();
            return true;
        }

        /// <summary>A query for what tests may have changed about tables, columns, constraints and triggers.</summary>
        private static string Shape(string name) =>
            $"""
            SELECT md5(string_agg(item, ',' ORDER BY item)) FROM (
              SELECT concat_ws(' ', relname, relkind, attname, atttypid, attnotnull) AS item
              FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid WHERE relnamespace = '{name}'::regnamespace AND attnum > 0
              UNION ALL SELECT concat_ws(' ', conname, contype, convalidated) FROM pg_constraint WHERE connamespace = '{name}'::regnamespace
              UNION ALL SELECT concat_ws(' ', relname, tgname, tgenabled)
              FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid WHERE relnamespace = '{name}'::regnamespace AND NOT tgisinternal) AS items
            """;

        private string Text(string sql)
        {
            using var command = _source.CreateCommand(sql);
            return (string)command.ExecuteScalar()!;
        }
    }
}
