using Farm.Server.Hosting.Logging;
using Farm.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Farm.Tests.Hosting.Logging;

public sealed class LogWriterTests : IDisposable
{
    private static readonly DateTimeOffset Day1 = new(2026, 11, 22, 23, 59, 59, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();

    private LogSettings Settings => new(_directory["logs"]);

    public void Dispose() => _directory.Dispose();

    private void Write(LogSettings settings, params (DateTimeOffset Time, string Line)[] lines)
    {
        using var writer = new LogWriter(settings, TextWriter.Null);
        foreach (var (time, line) in lines)
            writer.Write(time, line);
    }

    private string[] Files() => [.. Directory.GetFiles(_directory["logs"]).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    private string[] Lines(string file) => File.ReadAllLines(Path.Combine(_directory["logs"], file));

    [Fact]
    public void Everything_is_written_when_the_writer_ends_in_the_order_it_came()
    {
        var lines = Enumerable.Range(0, 5000).Select(i => (Day1, $"line {i}")).ToArray();
        Write(Settings, lines);
        Assert.Equal(lines.Select(line => line.Item2), Lines("farm-2026-11-22-001.log"));
    }

    [Fact]
    public void A_new_day_has_a_new_file()
    {
        Write(Settings, (Day1, "late"), (Day1.AddSeconds(1), "early"));
        Assert.Equal(["farm-2026-11-22-001.log", "farm-2026-11-23-001.log"], Files());
        Assert.Equal(["early"], Lines("farm-2026-11-23-001.log"));
    }

    [Fact]
    public void A_full_file_is_followed_by_the_next()
    {
        Write(Settings with { MaxFileBytes = 10 }, (Day1, "first line"), (Day1, "second"), (Day1, "third"));
        Assert.Equal(["farm-2026-11-22-001.log", "farm-2026-11-22-002.log"], Files());
        Assert.Equal(["second", "third"], Lines("farm-2026-11-22-002.log"));
    }

    [Fact]
    public void A_restart_goes_on_in_the_days_last_file()
    {
        Write(Settings, (Day1, "before"));
        Write(Settings, (Day1, "after"));
        Assert.Equal(["before", "after"], Lines(Assert.Single(Files())));
    }

    [Fact]
    public void Only_the_newest_files_are_kept_and_others_are_not_touched()
    {
        Directory.CreateDirectory(_directory["logs"]);
        File.WriteAllText(Path.Combine(_directory["logs"], "farm-notes.log"), "mine");
        Write(Settings with { MaxFileBytes = 1, MaxFiles = 2 }, (Day1, "1"), (Day1, "2"), (Day1, "3"), (Day1.AddDays(1), "4"));
        Assert.Equal(["farm-2026-11-22-003.log", "farm-2026-11-23-001.log", "farm-notes.log"], Files());
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_said_once_on_the_console_and_nothing_stops()
    {
        File.WriteAllText(_directory["file"], "");
        var console = new StringWriter();
        using (var writer = new LogWriter(new LogSettings(_directory["file"]), console))
        {
            writer.Write(Day1, "first");
            writer.Write(Day1, "second");
        }
        var lines = console.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Equal("first", lines[0]);
        Assert.Contains("the log file cannot be written", lines[1]);
        Assert.Equal("second", lines[2]);
    }

    [Fact]
    public void Lines_that_do_not_fit_are_counted()
    {
        var console = new BlockingConsole();
        using (var writer = new LogWriter(new LogSettings(Directory: null), console, capacity: 1))
        {
            writer.Write(Day1, "first");
            console.Reached.WaitOne();
            for (var i = 0; i < 5; i++)
                writer.Write(Day1, $"burst {i}");
            console.Go.Set();
        }
        Assert.Contains("4 lines of the log were lost", console.ToString());
        Assert.Contains("burst 0", console.ToString());
    }

    [Fact]
    public async Task A_host_writes_the_farms_lines_without_the_frameworks_chatter()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.AddFarmLog(Settings, TimeProvider.System, TextWriter.Null);
        await using (var app = builder.Build())
        {
            var logs = app.Services.GetRequiredService<ILoggerFactory>();
            logs.CreateLogger("Farm.Server.Test").LogInformation("worker {Name} signed on", "node-07");
            logs.CreateLogger("Farm.Server.Test").LogDebug("not wanted");
            logs.CreateLogger("Microsoft.AspNetCore.Hosting").LogInformation("chatter");
            logs.CreateLogger("Microsoft.AspNetCore.Hosting").LogWarning("trouble");
        }
        var lines = Lines(Assert.Single(Files()));
        Assert.Equal(2, lines.Length);
        Assert.EndsWith("INF worker node-07 signed on", lines[0]);
        Assert.EndsWith("WRN Microsoft.AspNetCore.Hosting: trouble", lines[1]);
    }

    private sealed class BlockingConsole : StringWriter
    {
        public AutoResetEvent Reached { get; } = new(false);

        public ManualResetEvent Go { get; } = new(false);

        public override void WriteLine(string? value)
        {
            Reached.Set();
            Go.WaitOne();
            base.WriteLine(value);
        }
    }
}
