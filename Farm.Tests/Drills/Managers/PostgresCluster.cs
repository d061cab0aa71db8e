using System.Diagnostics;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Postgres;
using Npgsql;

namespace Farm.Tests.Drills.Managers;

/// <summary>A PostgreSQL server of the drill's own that keeps its promises (fsync) and can be restarted.</summary>
internal sealed class PostgresCluster : IDisposable
{
    private const string Account = "postgres";

    private static readonly string? Programs = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderBy(path => int.TryParse(Path.GetFileName(path), out var version) ? version : 0)
            .Select(path => Path.Combine(path, "bin")).LastOrDefault(path => File.Exists(Path.Combine(path, "initdb")))
        : null;

    private readonly string _directory = Directory.CreateTempSubdirectory("farm-drill-postgres-").FullName;

    private PostgresCluster()
    {
    }

    /// <summary>Why there can be no cluster; null if there can.</summary>
    public static string? WhySkipped => Programs is null ? "PostgreSQL's own programs (initdb, pg_ctl) are not in /usr/lib/postgresql." : null;

    /// <summary>Its port, on all addresses of this machine.</summary>
    public int Port { get; } = ServerProcess.FreePort();

    /// <summary>The address of the farm's database for a program that reaches the server at a host and port.</summary>
    public static string Database(string host, int port) => $"postgres://farm@{host}:{port}/postgres?schema=farm";

    /// <summary>Makes and starts a cluster.</summary>
    public static PostgresCluster Start()
    {
        var cluster = new PostgresCluster();
        if (Environment.IsPrivilegedProcess) Run("chown", [Account, cluster._directory]);
        cluster.RunProgram("initdb", "-D", cluster.Data, "-A", "trust", "-U", "farm");
        File.AppendAllText(Path.Combine(cluster.Data, "pg_hba.conf"), $"host all all {NetworkNamespace.Networks} trust\n");
        cluster.StartServer();
        return cluster;
    }

    /// <summary>Stops the server and starts it again.</summary>
    /// <param name="mode">How it stops: <c>fast</c>, or <c>immediate</c>, which is a crash.</param>
    public void Restart(string mode)
    {
        Stop(mode);
        StartServer();
    }

    /// <summary>
    /// Opens a session for queries over everything, which may take as long as they need; after an hour of the drill a farm would have no patience for
    /// them. The database has not looked at its tables since they grew, and plans badly before it does.
    /// </summary>
    public StoreSession OpenForCheck()
    {
        var source = new NpgsqlDataSourceBuilder($"{Own};Command Timeout=0;Search Path=farm,pg_catalog").ConfigureTypeLoading(types => types.EnableTypeLoading(false)).Build();
        var connection = source.OpenConnection();
        using (var analyze = new NpgsqlCommand("ANALYZE", connection)) analyze.ExecuteNonQuery();
        return new PostgresSession(connection, "farm", isWriter: false);
    }

    /// <summary>The rows of a query, each as one text.</summary>
    public List<string> Query(string sql)
    {
        using var connection = new NpgsqlConnection($"{Own};Search Path=farm");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column))));
        return rows;
    }

    public void Dispose()
    {
        Stop("immediate");
        Directory.Delete(_directory, recursive: true);
    }

    private string Own => $"Host=127.0.0.1;Port={Port};Username=farm;Database=postgres;Pooling=false";

    private string Data => Path.Combine(_directory, "data");

    private void StartServer() => RunProgram(
        "pg_ctl", "-D", Data, "-l", Path.Combine(_directory, "log"), "-w", "-t", "600", "-o",
        $"-p {Port} -k {_directory} -c listen_addresses=* -c fsync=on -c max_connections=200", "start");

    /// <summary>Writing what is not on the disk yet may take longer than the minute that pg_ctl waits by itself.</summary>
    private void Stop(string mode) => RunProgram("pg_ctl", "-D", Data, "-m", mode, "-w", "-t", "600", "stop");

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private void RunProgram(string name, params string[] arguments)
    {
        var program = Path.Combine(Programs ?? throw new InvalidOperationException(WhySkipped), name);
        if (Environment.IsPrivilegedProcess) Run("runuser", ["-u", Account, "--", program, .. arguments], _directory);
        else Run(program, arguments, _directory);
    }

    private static void Run(string program, IEnumerable<string> arguments, string? directory = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, WorkingDirectory = directory ?? "" };
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed with code {process.ExitCode}");
    }
}
