using Serilog.Core;
using Serilog.Events;

namespace Farm.Server.Hosting.Logging;

/// <summary>Writes the log to the console.</summary>
internal sealed class ConsoleSink(TextWriter console) : ILogEventSink
{
    /// <inheritdoc/>
    public void Emit(LogEvent logEvent) => Write(LogLine.Of(logEvent));

    /// <summary>Writes one line.</summary>
    public void Write(string line)
    {
        try
        {
            console.WriteLine(line);
            console.Flush();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The console is a closed pipe; the line is in the file.
        }
    }
}
