using Farm.Server;
using Farm.Server.CommandLine;
using Farm.Server.CommandLine.Terminal;
using Farm.Tests.Support;
using Farm.Tests.Worker.Support;

namespace Farm.Tests.CommandLine;

/// <summary>Names and messages with escape sequences never reach a terminal as such.</summary>
[Collection(ProcessCollection.Name)]
public sealed class TerminalTests : IDisposable
{
    /// <summary>Sets the title, clears the screen, draws over the line, and turns the direction of text.</summary>
    private const string Hostile = "\u001b]0;owned\a\u001b[2J\u009b2K\u202etxt.exe";
    private const string Shown = @"\u001b]0;owned\u0007\u001b[2J\u009b2K\u202etxt.exe";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("a name\twith ümlauts, 中文 and 🎬\n", "a name\twith ümlauts, 中文 and 🎬\n")]
    [InlineData(Hostile, Shown)]
    [InlineData("over\rdrawn\r\n", "over\\u000ddrawn\r\n")]
    [InlineData("\0\b\u007f\u0085\u2028\u2066\ufeff", @"\u0000\u0008\u007f\u0085\u2028\u2066\ufeff")]
    public async Task Control_characters_are_shown_as_their_codes(string text, string shown)
    {
        Assert.Equal(shown, VisibleText.Of(text));
        var ways = new List<Func<TextWriter, Task>>
        {
            writer => { writer.Write(text); return Task.CompletedTask; },
            writer => { writer.Write(text.ToCharArray()); return Task.CompletedTask; },
            writer => { writer.Write(text.AsSpan()); return Task.CompletedTask; },
            writer => { writer.Write("{0}", text); return Task.CompletedTask; },
            writer => { writer.Write((object)text); return Task.CompletedTask; },
            writer => { writer.Write($"{text}"); return Task.CompletedTask; },
            writer => writer.WriteAsync(text),
            writer => writer.WriteAsync(text.AsMemory()),
            writer => writer.WriteAsync(text.ToCharArray()),
        };
        foreach (var way in ways)
        {
            var (once, line) = (new StringWriter { NewLine = "\r\n" }, new StringWriter { NewLine = "\r\n" });
            await way(new TerminalWriter(once));
            Assert.Equal(shown, once.ToString());
            var writer = new TerminalWriter(line);
            writer.WriteLine(text);
            await writer.WriteLineAsync(text);
            await writer.WriteLineAsync(text.AsMemory());
            writer.WriteLine();
            Assert.Equal($"{shown}\r\n{shown}\r\n{shown}\r\n\r\n", line.ToString());
        }
    }

    [Fact]
    public void A_progress_bar_still_draws_over_its_line()
    {
        var terminal = new StringWriter();
        var bar = new ProgressBar(new TerminalWriter(terminal), isTerminal: true);
        bar.Show(1, 2, "active");
        bar.Show(2, 2, Hostile);
        Assert.Equal($"\r[{new string('#', 15)}{new string('.', 15)}] 1/2 active\r[{new string('#', 30)}] 2/2 {Shown}", terminal.ToString());
    }

    [Fact]
    public async Task Commands_against_a_farm_show_names_and_answers_harmlessly()
    {
        await using var manager = await FakeManager.StartAsync();
        manager.Script = request => request.What switch
        {
            "GET /jobs/type/evil" => new(200, """{"etag":"1","settings":[]}"""),
            "POST /jobs" => new(200, """{"id":"1"}"""),
            "GET /jobs/1" => new(200, $$"""{"id":"1","status":"failed","activity":{{Json(Hostile)}},"steps_completed":0,"steps_total":1}"""),
            "POST /api/farm/v1/backups" => new(200, $$"""{"file":{{Json("/data/" + Hostile)}},"bytes":1}"""),
            "GET /api/farm/v1/backups" => new(200, $$"""{"backups":[{"name":{{Json(Hostile)}},"bytes":1,"with":[],"verified":null}]}"""),
            _ => new(404, $$"""{"code":404,"message":{{Json(Hostile)}},"error":{{Json(Hostile)}}}"""),
        };
        var url = manager.Address.ToString();
        Assert.Contains(Shown, await SaysAsync(1, "submit", "evil", "--wait", "--url", url));
        Assert.Contains(Shown, await SaysAsync(1, "submit", Hostile, "--url", url));
        Assert.Contains(Shown, await SaysAsync(0, "backup", "--url", url));
        Assert.Contains(Shown, await SaysAsync(0, "backup", "list", "--url", url));
        Assert.Contains(Shown, await SaysAsync(1, "workflow", "remove", Hostile, "--url", url));
        manager.Script = _ => new(200, $$"""{"workflows":[{"id":"a","name":{{Json(Hostile)}},"groups":1,"runs":1}]}""");
        Assert.Contains(Shown, await SaysAsync(0, "workflow", "list", "--url", url));

        manager.Script = request => request.What switch
        {
            "POST /worker/register-worker" => new(400, $$"""{"code":400,"message":{{Json(Hostile)}}}"""),
            _ => null,
        };
        Assert.Contains(Shown, await SaysAsync(1, "worker", "--manager", url, "--name", "node"));
    }

    [Fact]
    public async Task Commands_about_files_show_their_names_and_texts_harmlessly()
    {
        var yaml = $"specificationVersion: jobtemplate-2023-09\nname: {Json("Shot " + Hostile)}\nsteps: [{{name: a, script: {{actions: {{onRun: {{command: draw, args: [{Json(Hostile)}]}}}}}}}}]\n";
        await File.WriteAllTextAsync(_directory["evil.yaml"], yaml);
        await SaysAsync(null, "template", "show", "evil.yaml");
        await SaysAsync(null, "template", "check", "evil.yaml");
        Assert.Contains("owned", await SaysAsync(1, "template", "check", $"{Hostile}.yaml"));
        Assert.Contains("owned", await SaysAsync(1, "serve", "--config", Hostile));
        Assert.Contains("owned", await SaysAsync(1, "config", "--config", Hostile));
        await SaysAsync(1, "move", "--to", $"postgres://{Hostile}", "--data", ".");
        Assert.Contains("owned", await SaysAsync(1, Hostile));

        await File.WriteAllTextAsync(_directory["farm.yaml"], $"manager_name: {Json(Hostile)}\n");
        Assert.Contains("owned", await SaysAsync(0, "config", "--config", "farm.yaml"));
        await File.WriteAllTextAsync(_directory["farm.yaml"], $"{Json(Hostile)}: 1\n");
        Assert.Contains("owned", await SaysAsync(1, "demo", "--config", "farm.yaml"));
    }

    /// <summary>What a command writes to both streams, of which nothing may control a terminal.</summary>
    private async Task<string> SaysAsync(int? code, params string[] arguments)
    {
        await using var process = FarmProcess.Start(_directory.Path, arguments);
        var ended = await process.ExitAsync();
        var said = process.Output + process.Errors;
        Assert.True(code is null || ended == code, $"{string.Join(' ', arguments)} ended with {ended}: {said}");
        Assert.DoesNotContain(said, c => c is not ('\n' or '\t') && !VisibleText.IsHarmless(c));
        return said;
    }

    private static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
