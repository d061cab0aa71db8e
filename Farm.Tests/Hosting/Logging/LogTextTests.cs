using Farm.Server.Hosting.Logging;
using Microsoft.Extensions.Logging;

namespace Farm.Tests.Hosting.Logging;

public class LogTextTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 22, 3, 40, 12, TimeSpan.FromHours(2));

    private static string Line(string message, LogLevel level = LogLevel.Information, string category = "Farm.Server.X", Exception? error = null) =>
        LogText.Line(Time, level, category, message, error);

    [Fact]
    public void A_line_has_time_level_and_message() =>
        Assert.Equal("2026-11-22 03:40:12 INF worker node-07 signed on (10.0.0.17)", Line("worker node-07 signed on (10.0.0.17)"));

    [Theory]
    [InlineData(LogLevel.Debug, "DBG")]
    [InlineData(LogLevel.Warning, "WRN")]
    [InlineData(LogLevel.Error, "ERR")]
    [InlineData(LogLevel.Critical, "CRT")]
    public void A_level_has_three_letters(LogLevel level, string name) => Assert.Contains($" {name} x", Line("x", level));

    [Fact]
    public void Lines_of_the_framework_have_their_category() => Assert.EndsWith("INF Microsoft.Hosting: x", Line("x", category: "Microsoft.Hosting"));

    [Theory]
    [InlineData("a\nb", "a\\nb")]
    [InlineData("a\r\nb", "a\\r\\nb")]
    [InlineData("a\u001b[2Jb", "a\\u001b[2Jb")]
    [InlineData("a\0b", "a\\u0000b")]
    [InlineData("a\u2028b", "a\\u2028b")]
    [InlineData("a\u202eb", "a\\u202eb")]
    [InlineData("a\u0085b", "a\\u0085b")]
    [InlineData("Zoë's Rechner 工作站", "Zoë's Rechner 工作站")]
    public void A_client_cannot_inject_log_lines(string name, string shown) => Assert.EndsWith($"worker {shown} signed on", Line($"worker {name} signed on"));

    [Fact]
    public void An_exception_is_on_the_same_line_with_its_stack_trace()
    {
        var error = Record.Exception(() => int.Parse("x"));
        var line = Line("error 1 at GET /", error: error);
        Assert.DoesNotContain('\n', line);
        Assert.Contains("GET / | System.FormatException", line);
        Assert.Contains("LogTextTests", line);
    }

    [Fact]
    public void A_line_has_a_maximum_length() => Assert.Equal(8000, Line(new string('x', 100_000)).Length);
}
