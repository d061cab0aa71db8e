using Farm.Tests.Support;

namespace Farm.Tests.CommandLine;

/// <summary><c>farm submit</c> and <c>farm backup</c> as processes, against a farm.</summary>
[Collection(ProcessCollection.Name)]
public sealed class SubmitTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private TestFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await TestFarm.StartAsync(clock: TimeProvider.System);

    public async Task DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Settings_are_sent_with_the_types_of_the_job_type()
    {
        await using var submit = Run(
            "submit", "echo-sleep-test", "message=a = b", "sleep_duration_seconds=3", "--name", "Mine", "--priority", "70", "--url", Url);

        Assert.Equal(0, await submit.ExitAsync());
        var job = await _farm.GetAsync($"/api/v3/jobs/{submit.Output.Split(' ')[0]}");
        Assert.Equal(("Mine", 70, "a = b", 3), (
            (string)job["name"]!, (int)job["priority"]!, (string)job["settings"]!["message"]!, (int)job["settings"]!["sleep_duration_seconds"]!));
    }

    [Fact]
    public async Task Waiting_ends_when_the_job_completes()
    {
        await using var submit = Run("submit", "echo-sleep-test", "sleep_repeats=1", "--wait", "--url", Url);
        var worker = await _farm.AwakeAsync();
        await submit.LineAsync(" queued");
        await worker.ReportAsync(await worker.TakeAsync(), "completed");
        await worker.ReportAsync(await worker.TakeAsync(), "completed");

        Assert.Equal(0, await submit.ExitAsync());
        Assert.EndsWith("completed\n", submit.Output);
    }

    [Fact]
    public async Task Waiting_for_a_job_that_is_canceled_exits_with_1()
    {
        await using var submit = Run("submit", "echo-sleep-test", "--wait", "--url", Url);
        var id = (await submit.LineAsync("/jobs/")).Split(' ')[0];
        using (await _farm.SetJobAsync(new() { ["id"] = id }, "cancel-requested"))
            Assert.Equal(1, await submit.ExitAsync());
        CommandError.AssertOneLine(submit, "canceled");
    }

    [Fact]
    public Task An_unknown_type_is_reported() => RefusesAsync("no such job type: \"no-such-type\"", "submit", "no-such-type", "--url", Url);

    [Fact]
    public Task An_unknown_setting_is_reported_with_the_known_ones() =>
        RefusesAsync("unknown setting \"mesage\" of echo-sleep-test; expected one of message", "submit", "echo-sleep-test", "mesage=x", "--url", Url);

    [Fact]
    public Task A_value_of_the_wrong_type_is_rejected() =>
        RefusesAsync("sleep_duration_seconds", "submit", "echo-sleep-test", "sleep_duration_seconds=long", "--url", Url);

    [Fact]
    public Task An_unreachable_farm_is_reported() =>
        RefusesAsync("cannot reach a farm at http://127.0.0.1:1/", "submit", "echo-sleep-test", "--url", "http://127.0.0.1:1");

    [Fact]
    public Task A_backup_without_the_token_is_rejected() => RefusesAsync("refused", "backup", "--url", Url);

    [SqliteFact]
    public async Task A_backup_is_made_listed_verified_and_removed()
    {
        var made = await SaysAsync("backup", "--with", "none");
        var file = made.Split(" (")[0];
        Assert.Equal($"{file} ({new FileInfo(file).Length} bytes)\n", made);
        var name = Path.GetFileName(file);
        Assert.Contains(name, await SaysAsync("backup", "list"));
        Assert.Equal($"{name} is good.\n", await SaysAsync("backup", "verify", name));
        Assert.Equal($"{name} is removed.\n", await SaysAsync("backup", "remove", name));
        Assert.False(File.Exists(file));
        Assert.Equal("", await SaysAsync("backup", "list"));
    }

    [SqliteFact]
    public async Task A_backup_of_everything_is_a_folder()
    {
        var folder = (await SaysAsync("backup", "--with", "settings,artifacts")).Split(" (")[0];
        Assert.Equal(["artifacts", "settings"], Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)).Order());
    }

    private string Url => _farm.Client.BaseAddress!.ToString();

    private FarmProcess Run(params string[] arguments) => FarmProcess.Start(_directory.Path, arguments);

    private async Task<string> SaysAsync(params string[] arguments)
    {
        await using var process = Run([.. arguments, "--url", Url, "--data", Path.Combine(_farm.Data, "farm")]);
        Assert.Equal((0, ""), (await process.ExitAsync(), process.Errors));
        return process.Output;
    }

    private async Task RefusesAsync(string because, params string[] arguments)
    {
        await using var process = Run(arguments);
        Assert.Equal(1, await process.ExitAsync());
        CommandError.AssertOneLine(process, because);
    }
}
