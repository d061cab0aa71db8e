using Farm.Server.Hosting.Logging;
using Farm.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Farm.Tests.Hosting.Logging;

/// <summary>Logging in a host: from the framework's loggers to files and the console.</summary>
public sealed class LogHostingTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private LogSettings Settings => new(_directory["logs"]);

    public void Dispose() => _directory.Dispose();

    private static void Write(LogSettings settings, params string[] lines) => Write(settings, TextWriter.Null, log =>
    {
        foreach (var line in lines)
            log.CreateLogger("Farm.Server.Test").LogInformation("{Line}", line);
    });

    private static void Write(LogSettings settings, TextWriter console, Action<ILoggerFactory> write)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.AddFarmLog(settings, console);
        using var app = (IDisposable)builder.Build();
        write(((WebApplication)app).Services.GetRequiredService<ILoggerFactory>());
    }

    /// <summary>The names of the log files in order of creation.</summary>
    private string[] Files() => [.. Directory.GetFiles(_directory["logs"]).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    /// <summary>The lines of a file without times.</summary>
    private string[] Lines(string file) => [.. File.ReadAllLines(Path.Combine(_directory["logs"], file)).Select(line => line["2026-11-22 03:40:12 ".Length..])];

    private static string Name(DateTime day, int number = 0) => $"farm-{day:yyyyMMdd}{(number == 0 ? "" : $"_{number:000}")}.log";

    [Fact]
    public void All_lines_are_written_in_order_before_the_host_ends()
    {
        var lines = Enumerable.Range(0, 5000).Select(i => $"line {i}").ToArray();
        Write(Settings, lines);
        Assert.Equal(lines.Select(line => $"INF {line}"), Files().SelectMany(Lines));
    }

    [Fact]
    public void A_line_in_a_file_has_time_level_and_message()
    {
        var before = DateTime.Now.AddSeconds(-1);
        Write(Settings, TextWriter.Null, log => log.CreateLogger("Farm.Server.Test").LogWarning(
            new InvalidOperationException("no\nroom"), "worker {Name} has {Count} tasks, {Share:0.0} of all, {Nothing}", "node\r\n07", 7, 0.25, null));
        var line = Assert.Single(File.ReadAllLines(Path.Combine(_directory["logs"], Assert.Single(Files()))));
        Assert.InRange(DateTime.ParseExact(line[..19], "yyyy-MM-dd HH:mm:ss", null), before, DateTime.Now);
        Assert.Equal(
            """ WRN worker node\r\n07 has 7 tasks, 0.3 of all, null | System.InvalidOperationException: no\nroom""", line[19..]);
    }

    [Fact]
    public void Each_day_has_its_own_file()
    {
        var yesterday = Name(DateTime.Now.AddDays(-1));
        Directory.CreateDirectory(_directory["logs"]);
        File.WriteAllText(Path.Combine(_directory["logs"], yesterday), "2026-11-22 03:40:12 INF late\n");
        Write(Settings, "early");
        Assert.Equal(2, Files().Length);
        Assert.Equal(["INF late"], Lines(yesterday));
        Assert.Equal(["INF early"], Lines(Files()[1]));
    }

    [Fact]
    public void A_full_file_is_followed_by_a_new_one()
    {
        // After two lines of 34 bytes the limit is exceeded, so the third starts a new file.
        Write(Settings with { MaxFileBytes = 60 }, "0123456789", "0123456789", "0123456789");
        Assert.Equal([2, 1], Files().Select(file => Lines(file).Length));
        Assert.EndsWith("_001.log", Files()[1]);
    }

    [Fact]
    public void A_restart_continues_the_days_last_file()
    {
        Write(Settings with { MaxFileBytes = 30 }, "first", "before");
        Write(Settings, "after");
        Assert.Equal(2, Files().Length);
        Assert.Equal(["INF before", "INF after"], Lines(Files()[1]));
    }

    [Fact]
    public void Only_the_newest_log_files_are_kept_and_other_files_are_left_alone()
    {
        Directory.CreateDirectory(_directory["logs"]);
        File.WriteAllText(Path.Combine(_directory["logs"], "farm-notes.log"), "mine");
        File.WriteAllText(Path.Combine(_directory["logs"], Name(DateTime.Now.AddDays(-1))), "old\n");
        Write(Settings with { MaxFileBytes = 1, MaxFiles = 2 }, "1", "2", "3", "4");
        Assert.Equal(["INF 3", "INF 4"], Files().Where(file => file != "farm-notes.log").SelectMany(Lines));
        Assert.Contains("farm-notes.log", Files());
        Assert.Equal(3, Files().Length);
    }

    [Fact]
    public void An_unwritable_file_is_reported_once_on_the_console_and_logging_continues()
    {
        File.WriteAllText(_directory["file"], "");
        var console = new StringWriter();
        Write(new LogSettings(_directory["file"]), console, log =>
        {
            var farm = log.CreateLogger("Farm.Server.Test");
            farm.LogInformation("first");
            farm.LogInformation("second");
        });
        var lines = console.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.EndsWith("INF first", lines[0]);
        Assert.Contains("ERR Cannot write the log file", lines[1]);
        Assert.Contains(_directory["file"], lines[1]);
        Assert.EndsWith("INF second", lines[2]);
    }

    [Fact]
    public void Dropped_lines_are_counted()
    {
        var console = new BlockingConsole();
        Write(new LogSettings(Directory: null) { QueuedLines = 1 }, console, log =>
        {
            var farm = log.CreateLogger("Farm.Server.Test");
            farm.LogInformation("first");
            console.Reached.WaitOne();
            for (var i = 0; i < 5; i++)
                farm.LogInformation("burst {Number}", i);
            console.Go.Set();
        });
        Assert.Contains("WRN 4 log lines dropped", console.ToString());
        Assert.Contains("burst 0", console.ToString());
    }

    [Fact]
    public async Task A_blocked_console_does_not_delay_shutdown()
    {
        var console = new BlockingConsole();
        var ended = Task.Run(() => Write(new LogSettings(Directory: null), console, log => log.CreateLogger("Farm.Server.Test").LogInformation("stuck")));
        await ended.WaitAsync(TimeSpan.FromMinutes(1));
        console.Go.Set();
    }

    [Fact]
    public void A_host_logs_the_farms_lines_and_only_warnings_of_the_framework()
    {
        Write(Settings, TextWriter.Null, logs =>
        {
            logs.CreateLogger("Farm.Server.Test").LogInformation("worker {Name} signed on", "node-07");
            logs.CreateLogger("Farm.Server.Test").LogDebug("not wanted");
            logs.CreateLogger("Microsoft.AspNetCore.Hosting").LogInformation("chatter");
            logs.CreateLogger("Microsoft.AspNetCore.Hosting").LogWarning("trouble");
        });
        Assert.Equal(["INF worker node-07 signed on", "WRN Microsoft.AspNetCore.Hosting: trouble"], Lines(Assert.Single(Files())));
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
