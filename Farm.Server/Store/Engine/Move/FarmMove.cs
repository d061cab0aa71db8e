using System.Data.Common;

namespace Farm.Server.Store.Engine.Move;

/// <summary>
/// Copies all rows of a farm into an empty database of another engine and compares them with the original. The target keeps all of them or none.
/// </summary>
/// <param name="source">The database to copy.</param>
/// <param name="target">The empty database.</param>
/// <param name="report">Is told the progress.</param>
internal sealed class FarmMove(IMoveSide source, IMoveTarget target, IMoveReport report)
{
    private const int RowsPerReport = 4096;

    /// <summary>Moves the farm.</summary>
    /// <param name="cancellationToken">Stops the move; the target stays empty.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="StoreException">The databases do not match, a copied row differs, or a database failed. The target is empty.</exception>
    public long Run(CancellationToken cancellationToken)
    {
        try
        {
            var tables = TableOrder.Of(TableMatch.Of(source, target));
            var counts = tables.ToDictionary(table => table.Name, source.Count, StringComparer.Ordinal);
            target.BeginCopy(tables);
            foreach (var table in tables) Copy(table, counts[table.Name], cancellationToken);
            target.EndCopy(tables);
            foreach (var table in tables.OrderBy(table => table.Name, StringComparer.Ordinal)) Verify(table, counts[table.Name], cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            target.Keep();
            return counts.Values.Sum();
        }
        catch (Exception failure) when (failure is DbException or IOException or TimeoutException or UnauthorizedAccessException)
        {
            throw new StoreException($"The move failed: {failure.Message.TrimEnd('.')}; nothing was moved.", failure);
        }
    }

    private void Copy(MoveTable table, long total, CancellationToken cancellationToken)
    {
        using var rows = source.Read(table);
        using var writer = target.Write(table);
        for (long done = 0; rows.Read();)
        {
            writer.Write(rows.Values);
            if (++done % RowsPerReport == 0) Report(MoveStep.Copy, table, done, total, cancellationToken);
        }

        writer.Complete();
    }

    private void Verify(MoveTable table, long total, CancellationToken cancellationToken)
    {
        var verification = new RowVerification(table);
        using var original = source.Read(table);
        using var copy = target.Read(table);
        long done = 0;
        while (original.Read())
        {
            if (!copy.Read()) throw verification.Missing(original.Values);
            verification.Compare(original.Values, copy.Values);
            if (++done % RowsPerReport == 0) Report(MoveStep.Verify, table, done, total, cancellationToken);
        }

        if (copy.Read()) throw verification.Additional(copy.Values);
        report.Moved(table.Name, done);
    }

    private void Report(MoveStep step, MoveTable table, long done, long total, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        report.Progress(step, table.Name, done, total);
    }
}
