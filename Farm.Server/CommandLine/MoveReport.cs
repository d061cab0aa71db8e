using Farm.Server.Store.Engine.Move;

namespace Farm.Server.CommandLine;

/// <summary>Prints a line for each moved table, and the progress of big ones.</summary>
/// <param name="output">The console.</param>
/// <param name="isTerminal">Whether lines can be redrawn.</param>
/// <param name="time">The clock.</param>
internal sealed class MoveReport(TextWriter output, bool isTerminal, TimeProvider time) : IMoveReport
{
    private static readonly TimeSpan BetweenRedraws = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private long _lastShown = time.GetTimestamp();
    private (MoveStep Step, string Table, long Total) _current;
    private ProgressBar? _bar;
    private int _empty;

    /// <inheritdoc/>
    public void Progress(MoveStep step, string table, long rows, long total)
    {
        if (_current != (step, table, total))
        {
            EndBar();
            _current = (step, table, total);
        }

        if (time.GetElapsedTime(_lastShown) < (isTerminal ? BetweenRedraws : BetweenLines)) return;
        _lastShown = time.GetTimestamp();
        _bar ??= new ProgressBar(output, isTerminal);
        _bar.Show(rows, total, Status);
    }

    /// <inheritdoc/>
    public void Moved(string table, long rows)
    {
        EndBar();
        if (rows == 0) _empty++;
        else output.WriteLine($"{table,-20} {rows,15:N0}");
    }

    /// <summary>Prints the total.</summary>
    public void End(long rows, TimeSpan elapsed)
    {
        if (_empty > 0) output.WriteLine($"{_empty} tables are empty.");
        output.WriteLine($"Moved {rows:N0} rows in {elapsed.TotalSeconds:N1} s. Every row was compared with the original.");
    }

    /// <summary>Prints that the move was stopped.</summary>
    public void Canceled()
    {
        _bar?.End();
        output.WriteLine("Stopped. Nothing was moved.");
    }

    private string Status => $"{_current.Table} {(_current.Step == MoveStep.Copy ? "copied" : "compared")}";

    private void EndBar()
    {
        if (_bar is not null && isTerminal) _bar.Show(_current.Total, _current.Total, Status);
        _bar?.End();
        _bar = null;
    }
}
