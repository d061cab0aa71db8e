using Farm.Server.Domain.Events;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Move;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farm.Tests.Store.Engine.Move;

/// <summary>Databases of farms with difficult values in every table, also in tables that are added later.</summary>
internal static class FilledFarm
{
    // Numbers are the same in all columns, and so are texts, so that every foreign key finds its row.
    private static readonly string[] Texts = ["a\0b", "", "ab zwölf 😀\u001b"];
    private static readonly byte[][] Blobs = [[.. Enumerable.Range(0, 16).Select(i => (byte)(i * 17))], [], [0, 255, 0]];
    private static readonly double[] Reals = [1.0 / 3, double.MaxValue, -3];

    /// <summary>Creates a database with rows in every table.</summary>
    public static async Task CreateAsync(DataDirectory directory)
    {
        await CreateEmptyAsync(directory);
        using var session = Open(directory);
        session.Execute("PRAGMA foreign_keys = OFF");
        session.BeginWrite();
        foreach (var table in Moved(session))
        {
            session.Execute($"DELETE FROM {table.QuotedName}");
            var optional = session.All("SELECT name FROM pragma_table_info($1) WHERE \"notnull\" = 0 AND pk = 0", row => row.GetString(0), table.Name);
            for (var i = 0; i < Texts.Length; i++) Insert(session, table, i, i == Texts.Length - 1 ? optional : []);
        }

        session.Execute("INSERT INTO project_log (id, level, time, message, data) VALUES (77, -1, $1, $2, '')", long.MinValue, new string('x', 3_000_000));
        session.Commit();
    }

    /// <summary>Creates a database as the first start of a server does.</summary>
    public static async Task CreateEmptyAsync(DataDirectory directory, string? database = null) => await OpenStore(directory, database).DisposeAsync();

    /// <summary>Opens the store as a server does.</summary>
    public static FarmStore OpenStore(DataDirectory directory, string? database) =>
        FarmStore.Open(directory, TimeProvider.System, new FarmEvents(), NullLogger.Instance, ProtocolSchemas.All, database: database);

    /// <summary>Runs a statement in a database.</summary>
    public static void Run(DataDirectory directory, string sql)
    {
        using var session = Open(directory);
        session.Execute(sql);
    }

    /// <summary>Every value of every moved table, a line for each row.</summary>
    public static List<string> Content(DataDirectory directory)
    {
        using var session = Open(directory);
        return [.. Moved(session).SelectMany(table => Content(session, table))];
    }

    private static IEnumerable<string> Content(SqliteSession session, MoveTable table)
    {
        var columns = table.Columns.OrderBy(column => column.Name, StringComparer.Ordinal).Select(column => MoveTable.Quote(column.Name));
        // hex() of a real would lose digits.
        var values = columns.Select(name => $"typeof({name}) || ':' || CASE typeof({name}) WHEN 'real' THEN format('%!.17g', {name}) ELSE hex({name}) END");
        return session.All($"SELECT {string.Join(" || ' ' || ", values)} AS row FROM {table.QuotedName} ORDER BY row", row => $"{table.Name} {row.GetString(0)}");
    }

    private static void Insert(SqliteSession session, MoveTable table, int number, List<string> nulls)
    {
        object?[] row =
        [
            .. table.Columns.Select(column => nulls.Contains(column.Name)
                ? null
                : column.Kind switch
                {
                    ColumnKind.Integer => number + 1L,
                    ColumnKind.Real => Reals[number],
                    ColumnKind.Text => Texts[number],
                    _ => (object)Blobs[number],
                }),
        ];
        // A table may allow only one of the rows.
        session.Execute(
            $"INSERT OR IGNORE INTO {table.QuotedName} ({table.ColumnList}) VALUES ({string.Join(", ", row.Select((_, i) => $"${i + 1}"))})", row);
    }

    private static IEnumerable<MoveTable> Moved(SqliteSession session) => SqliteCatalog.Tables(session).Where(table => !TableMatch.NotMoved.Contains(table.Name));

    private static SqliteSession Open(DataDirectory directory)
    {
        var connection = new SqliteConnection(Connections.Writer(directory.Database));
        connection.Open();
        return new SqliteSession(connection);
    }
}
