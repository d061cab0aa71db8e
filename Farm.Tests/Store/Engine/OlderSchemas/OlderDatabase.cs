using System.Reflection;
using Farm.Server.Store.Engine;
using Microsoft.Data.Sqlite;

namespace Farm.Tests.Store.Engine.OlderSchemas;

/// <summary>Creates databases of older schemas, when one series of migrations (the .sql files in this folder) created all tables, including those of protocols.</summary>
internal static class OlderDatabase
{
    /// <summary>The last of these migrations.</summary>
    public const int Newest = 11;

    /// <summary>Rows to insert once a migration makes them possible.</summary>
    private static readonly Dictionary<int, string> Content = new()
    {
        [1] = Job(1, "echo-sleep-test") + "INSERT INTO workers (id, uuid, name, secret_hash, platform, address, status, created_at, updated_at) "
            + "VALUES (1, zeroblob(16), 'node', '-', 'linux', '', 1, 0, 0);"
            + "INSERT INTO stages (id, job_id, number, name, task_type, priority, job_priority) VALUES (1, 1, 0, 'a', 'misc', 50, 50);",
        [4] = Job(2, "task_tracker") + Job(3, "aspire") + "UPDATE jobs SET stays_open = 1 WHERE id > 1;",
        [6] = "INSERT INTO projects (job_id, name, clone_url, git_repo, version, motd, visibility, is_paused, secret, webhook_secret) "
            + "VALUES (2, 'crawl', '', '', '', 'mind the gap', 0, 0, '{}', 'key');",
        [7] = "INSERT INTO recipes (task_id, max_retries, max_assign_time, verification_count) VALUES (1, 3, 0, 1); UPDATE stages SET voters = '1';",
        [8] = "INSERT INTO seeds (job_id, seed_id, entry_type, connector, batch_size) VALUES (3, 77, 'item', 'web', 10); UPDATE minted_ids SET last = 77;"
            + "INSERT INTO task_failures (task_id, worker_id, job_id, task_type, times) VALUES (1, 1, 1, 'misc', 2);",
        [10] = Job(4, "flowserv-run") + "INSERT INTO workflows (id, key, name, template, created_at) VALUES (1, 'w', 'hello', '{}', 0);"
            + "INSERT INTO workflow_groups (id, key, workflow_id, name, created_at) VALUES (1, 'g', 1, 'us', 0);"
            + "INSERT INTO runs (uuid, job_id, group_id, arguments, outputs, steps, created_at) VALUES (zeroblob(16), 4, 1, '[]', '[]', 1, 0);",
    };

    /// <summary>Creates a database of the version, with content.</summary>
    public static void Make(DataDirectory directory, int version)
    {
        Directory.CreateDirectory(directory.Root);
        using var connection = new SqliteConnection($"Data Source={directory.Database};Pooling=False");
        connection.Open();
        foreach (var step in Steps().Where(step => step.Number <= version))
        {
            Run(connection, step.Sqlite);
            Run(connection, Content.GetValueOrDefault(step.Number, ""));
        }

        Run(connection, $"PRAGMA application_id = {0x4641524D}; PRAGMA user_version = {version}");
    }

    private static IEnumerable<Migration> Steps()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"{typeof(OlderDatabase).Namespace}.";
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order())
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new Migration(int.Parse(name.AsSpan(prefix.Length, 4)), reader.ReadToEnd());
        }
    }

    private static string Job(int id, string type) =>
        "INSERT INTO jobs (id, uuid, name, type, status, status_after_build, priority, created_at, updated_at) "
        + $"VALUES ({id}, CAST('uuid-of-job-{id:0000}' AS BLOB), 'job {id}', '{type}', 2, 2, 50, 0, 0);";

    private static void Run(SqliteConnection connection, string script)
    {
        var result = SQLitePCL.raw.sqlite3_exec(connection.Handle, script);
        if (result != SQLitePCL.raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(result, connection.Handle);
    }
}
