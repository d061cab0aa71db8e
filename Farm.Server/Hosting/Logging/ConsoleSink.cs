using Serilog.Core;
using Serilog.Events;

namespace Farm.Server.Hosting.Logging;

/// <summary>Shows the log to whoever started the server.</summary>
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
            // Nobody reads the console any more (a closed pipe); the file still has the line.
        }
    }
}
