using System.Globalization;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace Farm.Server.Hosting.Logging;

/// <summary>Formats a Serilog event as one line of <see cref="LogText"/>.</summary>
internal sealed class LogLine : ITextFormatter
{
    /// <summary>The message, without Serilog's quotes around strings.</summary>
    private static readonly MessageTemplateTextFormatter Sentence = new("{Message:l}", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public void Format(LogEvent logEvent, TextWriter output)
    {
        output.Write(Of(logEvent));
        output.Write('\n');
    }

    /// <summary>The line without its line break.</summary>
    public static string Of(LogEvent logEvent)
    {
        var message = new StringWriter(CultureInfo.InvariantCulture);
        Sentence.Format(logEvent, message);
        var category = logEvent.Properties.GetValueOrDefault(Constants.SourceContextPropertyName) is ScalarValue { Value: string name } ? name : "";
        return LogText.Line(logEvent.Timestamp, LevelConvert.ToExtensionsLevel(logEvent.Level), category, message.ToString(), logEvent.Exception);
    }
}
