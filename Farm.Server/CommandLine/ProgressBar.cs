using Farm.Server.CommandLine.Terminal;

namespace Farm.Server.CommandLine;

/// <summary>The progress of a job: one line that is redrawn in a terminal; elsewhere, a new line for each change.</summary>
internal sealed class ProgressBar(TextWriter output, bool isTerminal)
{
    private const int Width = 30;

    private string _shown = "";

    /// <summary>Shows the progress.</summary>
    public void Show(long done, long total, string status)
    {
        var filled = total == 0 ? 0 : (int)(done * Width / total);
        var line = isTerminal
            ? $"[{new string('#', filled)}{new string('.', Width - filled)}] {done}/{total} {status}"
            : $"{done}/{total} {status}";
        if (line == _shown) return;
        if (isTerminal) TerminalWriter.ReturnToStart(output);
        output.Write(isTerminal ? line.PadRight(_shown.Length) : line + "\n");
        _shown = line;
    }

    /// <summary>Ends the line.</summary>
    public void End()
    {
        if (isTerminal && _shown.Length > 0) output.WriteLine();
    }
}
