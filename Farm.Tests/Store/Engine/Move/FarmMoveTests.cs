using System.Text.Json;
using Farm.Server.Contracts.Aspire.Operations;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Move;
using Farm.Server.Store.Tables.Accounts;
using Farm.Tests.Operations.Model;
using Farm.Tests.Store.Engine.OlderSchemas;
using Farm.Tests.Support;

namespace Farm.Tests.Store.Engine.Move;

/// <summary>Moving a farm between the engines (Docs/postgresql.md, "Move a farm").</summary>
public sealed class FarmMoveTests : IDisposable
{
    private readonly TemporaryDirectory _temporary = new();

    private DataDirectory There => new(_temporary["there"]);

    private DataDirectory Back => new(_temporary["back"]);

    private string Database => TestDatabase.Postgres(There.Root);

    private string SchemaName => Database.Split('=')[^1];

    public void Dispose() => _temporary.Dispose();

    [PostgresFact]
    public async Task Every_table_is_the_same_after_a_move_there_and_back()
    {
        await FilledFarm.CreateAsync(There);
        var original = FilledFarm.Content(There);
        Assert.Equal(original.Count, Moves.ToPostgres(There, Database));
        Assert.Equal(original.Count, Moves.ToSqlite(Database, Back));
        Assert.Equal(original, FilledFarm.Content(Back));
        Assert.Equal(original, FilledFarm.Content(There));
        // Nothing is left beside the database.
        Assert.Equal(["farm.db", "farm.id", "farm.lock"], Directory.GetFileSystemEntries(Back.Root).Select(Path.GetFileName).Order());
    }

    [PostgresFact]
    public async Task A_farm_goes_on_after_each_move()
    {
        var project = 0L;
        await using (var farm = new StoreFarm(There.Root, engine: "sqlite"))
        {
            var job = await farm.SubmitAsync("misc:3 misc:1:50:0");
            var worker = await farm.AwakeAsync("node");
            await farm.ReportAsync(worker, await farm.TakeAsync(worker), TaskStatus.Completed, "first line\0second");
            await farm.TakeAsync(worker);
            project = farm.Job(await farm.Tracker.ProjectAsync("crawl", assignRate: 0.5)).Id;
            await farm.Tracker.ProjectAsync("chained", chain: project);
            await farm.Tracker.SubmitAsync(await farm.Tracker.WorkerAsync("tracker", project), project, hash: 7);
            var seed = await farm.Seeds.CreateAsync(Caller.Farm, new NewSeed { Tags = ["a"] });
            await farm.Push.PushAsync(Caller.Farm, seed, [new NewEntry("http://a", "add", "page", JsonElement.Parse("{}"))]);
            await farm.Store.WriteAsync(tx => AccountTable.Insert(tx.Db, Guid.CreateVersion7(), "ada", "-", isActive: true, Role.Administrator, tx.Now));
        }

        Moves.ToPostgres(There, Database);
        await using (var farm = new StoreFarm(There.Root, engine: "postgres"))
        {
            Assert.Equal(1, farm.Number("SELECT count(*) FROM task_logs WHERE text LIKE $1", "first line\0second%"));
            await GoesOnAsync(farm, "second", 90, isPostgres: true);
        }

        Moves.ToSqlite(Database, Back);
        await using (var farm = new StoreFarm(Back.Root, engine: "sqlite")) await GoesOnAsync(farm, "third", 95, isPostgres: false);
    }

    [PostgresFact]
    public async Task Rows_may_reference_later_rows_of_their_own_table()
    {
        await using (var farm = new StoreFarm(There.Root, engine: "sqlite"))
        {
            var first = farm.Job(await farm.Tracker.ProjectAsync("first")).Id;
            var second = farm.Job(await farm.Tracker.ProjectAsync("second")).Id;
            await farm.Store.WriteAsync(tx => tx.Db.Execute("UPDATE projects SET chain = $1 WHERE job_id = $2", second, first));
        }

        Moves.ToPostgres(There, Database);
        Assert.Equal(1L, TestDatabase.Run($"SELECT count(*) FROM {SchemaName}.projects WHERE chain > job_id"));
    }

    [PostgresFact]
    public async Task Triggers_work_after_a_move_to_PostgreSQL()
    {
        await FilledFarm.CreateAsync(There);
        Moves.ToPostgres(There, Database);
        await using var store = FilledFarm.OpenStore(There, Database);
        var users = Users();
        await store.WriteAsync(tx => tx.Db.Execute("INSERT INTO job_inputs (job_id, sha256) VALUES (4, '')"));
        Assert.Equal(users + 1, Users());

        long Users() => store.Read(db => db.Number("SELECT users FROM stored_files WHERE sha256 = ''"));
    }

    [PostgresFact]
    public async Task A_target_that_a_server_has_only_started_on_is_accepted()
    {
        await FilledFarm.CreateAsync(There);
        await FilledFarm.CreateEmptyAsync(new DataDirectory(_temporary["other"]), Database);
        TestDatabase.Run($"INSERT INTO {SchemaName}.farm_keys VALUES ('of the new farm', '')");
        // Somebody asked for something before the farm was set up, and was refused.
        TestDatabase.Run(
            $"INSERT INTO {SchemaName}.audit (at, who, address, via, verb, target_kind, target_id, target_name, refusal, times) VALUES (0, 'stranger', '', '', '', '', '', '', 'no', 1)");
        Moves.ToPostgres(There, Database);
        Assert.Equal(0L, TestDatabase.Run($"SELECT count(*) FROM {SchemaName}.farm_keys WHERE name = 'of the new farm'"));
        Assert.Equal(0L, TestDatabase.Run($"SELECT count(*) FROM {SchemaName}.audit WHERE who = 'stranger'"));
    }

    [PostgresFact]
    public async Task A_target_with_a_farm_is_rejected_and_keeps_it()
    {
        await FilledFarm.CreateAsync(There);
        await using (var farm = new StoreFarm(There.Root, engine: "postgres")) await farm.AwakeAsync("theirs");
        var rejected = Assert.Throws<StoreException>(() => Moves.ToPostgres(There, Database));
        Assert.Contains("it has rows in worker_task_types, workers.", rejected.Message);
        Assert.Equal("theirs", TestDatabase.Run($"SELECT name FROM {SchemaName}.workers"));
    }

    [PostgresFact]
    public async Task A_farm_db_is_not_overwritten()
    {
        await FilledFarm.CreateEmptyAsync(There, Database);
        Directory.CreateDirectory(Back.Root);
        foreach (var file in new[] { Back.Database, Back.Database + "-wal" })
        {
            await File.WriteAllTextAsync(file, "precious");
            Assert.StartsWith($"{file} exists already", Assert.Throws<StoreException>(() => Moves.ToSqlite(Database, Back)).Message);
            Assert.Equal("precious", await File.ReadAllTextAsync(file));
            File.Delete(file);
        }
    }

    [PostgresFact]
    public async Task What_a_killed_move_left_is_replaced()
    {
        await FilledFarm.CreateEmptyAsync(There, Database);
        Directory.CreateDirectory(Path.Combine(Back.Root, "move.part"));
        await File.WriteAllTextAsync(Path.Combine(Back.Root, "move.part", "farm.db"), "half");
        Moves.ToSqlite(Database, Back);
        Assert.False(Directory.Exists(Path.Combine(Back.Root, "move.part")));
        Assert.Equal(["minted_ids integer:31 integer:30"], FilledFarm.Content(Back));
    }

    [PostgresFact]
    public async Task A_failure_leaves_the_target_empty_and_a_second_try_succeeds()
    {
        await FilledFarm.CreateAsync(There);
        var original = FilledFarm.Content(There);
        IMoveSide Fail(IMoveSide side) => new AlteredSide(side, "tasks", 1, row =>
        {
            if (Equals(row[0], 2L)) throw new IOException("The disk is gone.");
        });
        Assert.Equal("The move failed: The disk is gone; nothing was moved.", Assert.Throws<StoreException>(() => Moves.ToPostgres(There, Database, Fail)).Message);
        Assert.Equal(0L, TestDatabase.Run($"SELECT count(*) FROM {SchemaName}.jobs"));
        Moves.ToPostgres(There, Database);

        Assert.Throws<StoreException>(() => Moves.ToSqlite(Database, Back, Fail));
        Assert.Equal(["farm.lock"], Directory.GetFileSystemEntries(Back.Root).Select(Path.GetFileName));
        Moves.ToSqlite(Database, Back);
        Assert.Equal(original, FilledFarm.Content(Back));
    }

    [PostgresFact]
    public async Task A_difference_is_found_and_leaves_the_target_empty()
    {
        await FilledFarm.CreateAsync(There);
        AssertFound(alter => Moves.ToPostgres(There, Database, alter));
        Assert.Equal(0L, TestDatabase.Run($"SELECT count(*) FROM {SchemaName}.jobs"));
        Moves.ToPostgres(There, Database);
        AssertFound(alter => Moves.ToSqlite(Database, Back, alter));
        Assert.False(File.Exists(Back.Database));
    }

    [PostgresFact]
    public async Task A_row_without_the_one_that_it_references_is_not_moved()
    {
        await FilledFarm.CreateAsync(There);
        Moves.ToPostgres(There, Database);
        var rejected = Assert.Throws<StoreException>(() => Moves.ToSqlite(Database, Back, side => new AlteredSide(side, "worker_urls", 1, row =>
        {
            if (Equals(row[0], 1L)) row[0] = 1000L;
        })));
        Assert.Equal("A row of worker_urls references a missing row of workers, so the farm cannot be moved.", rejected.Message);
        Assert.False(File.Exists(Back.Database));
    }

    [PostgresFact]
    public async Task A_canceled_move_leaves_the_target_empty()
    {
        await FilledFarm.CreateAsync(There);
        Assert.Throws<OperationCanceledException>(() => Moves.ToPostgres(There, Database, cancellationToken: new CancellationToken(canceled: true)));
        Assert.Equal(0L, TestDatabase.Run($"SELECT count(*) FROM {SchemaName}.jobs"));
    }

    [PostgresFact]
    public async Task A_running_farm_is_not_moved()
    {
        await using (new StoreFarm(There.Root, engine: "sqlite"))
            Assert.StartsWith("Another server is using", Assert.Throws<StoreException>(() => Moves.ToPostgres(There, Database)).Message);
        await using (new StoreFarm(There.Root, engine: "postgres"))
            Assert.StartsWith("A server is using the database", Assert.Throws<StoreException>(() => Moves.ToSqlite(Database, Back)).Message);
        await FilledFarm.CreateAsync(Back);
        await using (new StoreFarm(There.Root, engine: "postgres"))
            Assert.StartsWith("A server is using the database", Assert.Throws<StoreException>(() => Moves.ToPostgres(Back, Database)).Message);
    }

    [PostgresFact]
    public async Task A_server_cannot_start_during_a_move()
    {
        await FilledFarm.CreateEmptyAsync(There, Database);
        using var source = PostgresSide.Open(Database, Moves.Schema);
        var rejected = await Assert.ThrowsAsync<StoreException>(() => FilledFarm.CreateEmptyAsync(There, Database));
        Assert.StartsWith("The farm is being moved", rejected.Message);
    }

    [PostgresFact]
    public async Task A_schema_without_a_farm_or_of_an_older_version_is_not_moved()
    {
        Assert.Equal($"The schema \"{SchemaName}\" of the database holds no farm.", Assert.Throws<StoreException>(() => Moves.ToSqlite(Database, Back)).Message);
        await FilledFarm.CreateEmptyAsync(There, Database);
        TestDatabase.Run($"UPDATE {SchemaName}.farm_schema SET version = 14");
        Assert.Contains("written by an older version", Assert.Throws<StoreException>(() => Moves.ToSqlite(Database, Back)).Message);
    }

    [Fact]
    public void A_farm_db_of_an_older_version_is_not_moved_and_not_changed()
    {
        OlderDatabase.Make(There, OlderDatabase.Newest);
        Assert.Contains("written by an older version", Assert.Throws<StoreException>(() => SqliteSide.Open(There, Moves.Schema)).Message);
        Assert.False(Directory.Exists(There.Backups));
    }

    [Fact]
    public void A_missing_farm_db_is_not_created()
    {
        Directory.CreateDirectory(There.Root);
        Assert.StartsWith("There is no farm.db in", Assert.Throws<StoreException>(() => SqliteSide.Open(There, Moves.Schema)).Message);
        Assert.Empty(Directory.GetFileSystemEntries(There.Root));
    }

    [PostgresFact]
    public async Task A_table_of_an_unknown_protocol_is_named()
    {
        await FilledFarm.CreateAsync(There);
        FilledFarm.Run(There, "CREATE TABLE toys (id INTEGER PRIMARY KEY) STRICT");
        Assert.StartsWith("The table toys exists only in", Assert.Throws<StoreException>(() => Moves.ToPostgres(There, Database)).Message);
    }

    private static void AssertFound(Func<Func<IMoveSide, IMoveSide>, long> move)
    {
        AssertDifferent("in the table tasks, the row id = 2 differs in the column number.", 1, "number");
        AssertDifferent("in the table tasks, the row id = 2 differs in the column name.", 2, "name");
        AssertDifferent("in the table tasks, the row id = 2 differs in the column uuid.", 2, "uuid");

        void AssertDifferent(string message, int reading, string column)
        {
            IMoveSide Alter(IMoveSide side)
            {
                return new AlteredSide(side, "tasks", reading, row =>
                {
                    var columns = side.Tables.Single(table => table.Name == "tasks").Columns.Select(each => each.Name).ToList();
                    if (!Equals(row[columns.IndexOf("id")], 2L)) return;
                    row[columns.IndexOf(column)] = column switch { "number" => 1000L, "name" => "other", _ => null };
                });
            }

            Assert.EndsWith(message, Assert.Throws<StoreException>(() => move(Alter)).Message);
        }
    }

    private static async Task GoesOnAsync(StoreFarm farm, string name, int priority, bool isPostgres)
    {
        var newest = farm.Number("SELECT max(id) FROM tasks");
        var job = await farm.SubmitAsync("misc:2", priority);
        var worker = await farm.AwakeAsync(name);
        var task = await farm.TakeAsync(worker);
        await farm.ReportAsync(worker, task, TaskStatus.Completed);
        Assert.Equal(newest + 1, farm.Task(job, 0).Id);
        Assert.Equal(TaskStatus.Completed, farm.Task(job, 0).Status);
        // The rules are written for the engine that all tests use.
        if (isPostgres == TestDatabase.IsPostgres) Invariants.Check(farm.Store);
    }
}
