using System.Threading.Channels;

namespace Farm.Server.Hosting.Logging;

/// <summary>
/// Writes lines to console and files in the background, in the order in which they came. Nobody who logs waits for a disk: when more
/// lines wait than fit, the newest are dropped and a line says how many.
/// </summary>
internal sealed class LogWriter : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly Channel<(DateTimeOffset Time, string Line)> _lines;
    private readonly TextWriter _console;
    private readonly LogFiles? _files;
    private readonly Task _writing;
    private int _dropped;
    private bool _fileFails;

    public LogWriter(LogSettings settings, TextWriter console, int capacity = 10_000)
    {
        _console = console;
        _files = settings.Directory is null ? null : new LogFiles(settings);
        _lines = Channel.CreateBounded<(DateTimeOffset, string)>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _writing = Task.Run(WriteAllAsync);
    }

    public void Write(DateTimeOffset time, string line)
    {
        if (!_lines.Writer.TryWrite((time, line)))
            Interlocked.Increment(ref _dropped);
    }

    /// <summary>Writes what still waits, for a few seconds at most. Lines that come later are dropped.</summary>
    public void Dispose()
    {
        if (_lines.Writer.TryComplete() && _writing.Wait(Timeout))
            _files?.Dispose();
    }

    private async Task WriteAllAsync()
    {
        while (await _lines.Reader.WaitToReadAsync())
        {
            while (_lines.Reader.TryRead(out var next))
            {
                WriteOne(next.Time, next.Line);
                if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
                    WriteOne(next.Time, LogText.Line(next.Time, LogLevel.Warning, "Farm.Log", $"{dropped} lines of the log were lost: too many at once", null));
            }
            Flush();
        }
    }

    private void WriteOne(DateTimeOffset time, string line)
    {
        ToConsole(line);
        if (_files is null)
            return;
        try
        {
            _files.Write(DateOnly.FromDateTime(time.DateTime), line);
            _fileFails = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            FileFailed(time, e);
        }
    }

    private void Flush()
    {
        try
        {
            _console.Flush();
            _files?.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // The next line tries again and says what is wrong.
        }
    }

    // Once until it works again: the farm goes on without its log rather than stop over it.
    private void FileFailed(DateTimeOffset time, Exception error)
    {
        if (!_fileFails)
            ToConsole(LogText.Line(time, LogLevel.Error, "Farm.Log", $"the log file cannot be written, make room or correct its rights: {error.Message}", null));
        _fileFails = true;
    }

    private void ToConsole(string line)
    {
        try
        {
            _console.WriteLine(line);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Nobody reads the console any more (a closed pipe); the file still has the line.
        }
    }
}
