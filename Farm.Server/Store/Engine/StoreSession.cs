using System.Data;
using Farm.Server.Store.Engine.AdoNet;

namespace Farm.Server.Store.Engine;

/// <summary>
/// One connection to the database, for one thread at a time. The methods here are for statements on the hot path: their parameters are
/// <c>$1</c>, <c>$2</c> …, passed in that order. All others use Dapper over <see cref="Connection"/>, with named parameters
/// (<c>@job</c>). SQL is written for all engines; each engine translates what it must.
/// </summary>
internal abstract class StoreSession : IDisposable
{
    /// <summary>The longest message of <see cref="Notify"/>, in bytes.</summary>
    public const int MaxMessage = 7999;

    /// <summary>Creates the session.</summary>
    protected StoreSession() => Connection = new SessionConnection(this);

    /// <summary>The session for Dapper; statements run in the session's transaction and throw the same exceptions.</summary>
    public IDbConnection Connection { get; }

    /// <summary>The number of statements run so far, including those that begin and end transactions.</summary>
    public long StatementsRun { get; protected set; }

    /// <summary>Runs a statement and returns the number of changed rows.</summary>
    /// <exception cref="System.Data.Common.DbException">The statement failed; its changes are undone.</exception>
    public abstract int Execute(string sql, params ReadOnlySpan<object?> parameters);

    /// <summary>
    /// Runs a statement whose result does not matter, at the latest before the next one. Other statements that run later may be sent together with it.
    /// </summary>
    /// <exception cref="System.Data.Common.DbException">This or an earlier such statement failed; the operation must fail.</exception>
    public virtual void Later(string sql, params ReadOnlySpan<object?> parameters) => Execute(sql, parameters);

    /// <summary>Runs an INSERT into a table with a numeric id and returns the id of the new row.</summary>
    /// <exception cref="System.Data.Common.DbException">The statement failed; its changes are undone.</exception>
    public abstract long Insert(string sql, params ReadOnlySpan<object?> parameters);

    /// <summary>The first row, or the default value if there is none.</summary>
    public abstract T? First<T>(string sql, Func<StoreRow, T> read, params ReadOnlySpan<object?> parameters);

    /// <summary>All rows.</summary>
    public abstract List<T> All<T>(string sql, Func<StoreRow, T> read, params ReadOnlySpan<object?> parameters);

    /// <summary>The integer in the first column of the first row; 0 if there is no row or it is null.</summary>
    public long Number(string sql, params ReadOnlySpan<object?> parameters) => First(sql, static row => row.GetInt64(0), parameters);

    /// <summary>Begins a transaction that writes. It is the only one until it ends.</summary>
    public abstract void BeginWrite();

    /// <summary>Begins a transaction that reads one consistent snapshot.</summary>
    public abstract void BeginRead();

    /// <summary>Commits the transaction. What it wrote is then on disk.</summary>
    public abstract void Commit();

    /// <summary>Whether the last transaction that was committed wrote to the disk, as far as the session can tell.</summary>
    public virtual bool HasWritten => true;

    /// <summary>Ends the transaction without its changes, if one is open.</summary>
    public abstract void Rollback();

    /// <summary>Sends a message to all managers that listen, with the commit. Where there is only one manager, it goes nowhere.</summary>
    /// <param name="message">At most <see cref="MaxMessage"/> bytes.</param>
    public virtual void Notify(string message)
    {
    }

    /// <summary>Begins an operation whose changes can be undone alone.</summary>
    public abstract void BeginOperation();

    /// <summary>Ends an operation and keeps its changes.</summary>
    public abstract void EndOperation();

    /// <summary>Ends an operation and undoes its changes.</summary>
    public abstract void UndoOperation();

    /// <summary>
    /// Whether an error means that nothing of the transaction can be kept, such as a full disk or a lost connection, rather than that one
    /// statement failed.
    /// </summary>
    public abstract bool EndsTransaction(Exception error);

    /// <summary>Whether the connection is lost, so that the session is of no more use.</summary>
    public abstract bool IsBroken { get; }

    /// <summary>Gives back the memory of caches that are not in use.</summary>
    public virtual void ReleaseMemory()
    {
        // Where the cache is elsewhere, there is nothing to give back.
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Starts a statement with named parameters; dispose the result before the same statement runs again.</summary>
    /// <exception cref="ArgumentException">A parameter is missing.</exception>
    internal abstract StoreCursor Open(string sql, SessionParameterList parameters);
}
