using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Move;
using Farm.Tests.Support;

namespace Farm.Tests.Store.Engine.Move;

/// <summary>Moves farms without a command line.</summary>
internal static class Moves
{
    /// <summary>The schema of this build.</summary>
    public static Schema Schema { get; } = new(Schema.Core, ProtocolSchemas.All);

    /// <summary>Moves farm.db into PostgreSQL.</summary>
    public static long ToPostgres(DataDirectory from, string database, Func<IMoveSide, IMoveSide>? alter = null, CancellationToken cancellationToken = default)
    {
        using var held = DirectoryLock.Acquire(from);
        using var source = SqliteSide.Open(from, Schema);
        using var target = PostgresTarget.Create(database, Schema);
        return new FarmMove(alter?.Invoke(source) ?? source, target, new Silent()).Run(cancellationToken);
    }

    /// <summary>Moves PostgreSQL into a new farm.db.</summary>
    public static long ToSqlite(string database, DataDirectory to, Func<IMoveSide, IMoveSide>? alter = null)
    {
        using var held = DirectoryLock.Acquire(to);
        using var source = PostgresSide.Open(database, Schema);
        using var target = SqliteTarget.Create(to, TimeProvider.System, Schema);
        return new FarmMove(alter?.Invoke(source) ?? source, target, new Silent()).Run(CancellationToken.None);
    }

    private sealed class Silent : IMoveReport
    {
        public void Progress(MoveStep step, string table, long rows, long total)
        {
        }

        public void Moved(string table, long rows)
        {
        }
    }
}
