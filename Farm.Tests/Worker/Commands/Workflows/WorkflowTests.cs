using System.Text.Json.Nodes;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Jobs;
using Farm.Server.Operations;
using Farm.Server.Operations.Jobs;
using Farm.Tests.Operations.Model;
using Farm.Tests.Worker.Support;
using static Farm.Tests.Worker.Commands.Workflows.WorkflowFarm;

namespace Farm.Tests.Worker.Commands.Workflows;

/// <summary>The built-in worker runs workflows of a real farm (Contracts/FlowServ/Contract.md sections 6.4 and 6.5).</summary>
public sealed class WorkflowTests : IAsyncLifetime
{
    private WorkflowFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await StartAsync();

    [NeedsToolFact("sh", "python3", "cat")]
    public async Task A_successful_run_uploads_declared_files_in_order_and_leaves_nothing_on_the_worker()
    {
        var greet = new JsonObject
        {
            ["name"] = "greet",
            ["environment"] = "python:3.9",
            ["commands"] = new JsonArray(
                new JsonArray(new JsonObject { ["program"] = "python" }, " code/greet.py data/names.txt"),
                new JsonArray("echo done")),
            ["outputs"] = new JsonArray("results/deep/greetings.txt"),
        };
        const string Greet =
            """
            import sys
            open('results/deep/greetings.txt', 'w').write(''.join('Hello ' + n for n in open(sys.argv[1])))
            """;
        var job = await _farm.SubmitAsync(
            [await _farm.FileAsync("code/greet.py", Greet), await _farm.FileAsync("data/names.txt", "Ann\nBob\n"), await _farm.FileAsync("data/more/same.txt", "Ann\nBob\n")],
            [greet, Step("count", "cat results/deep/greetings.txt data/more/same.txt > all.txt")],
            ["results/deep/greetings.txt", "all.txt"],
            stepCount: 3);
        _farm.StartWorker();

        Assert.Equal(JobStatus.Completed, await _farm.EndAsync(job));
        var files = _farm.Artifacts(job);
        Assert.Equal(["results/deep/greetings.txt", "all.txt"], files.Select(file => file.Path));
        Assert.Equal("Hello Ann\nHello Bob\n", await _farm.ContentAsync(files[0]));
        Assert.Equal("Hello Ann\nHello Bob\nAnn\nBob\n", await _farm.ContentAsync(files[1]));
        Assert.Empty(Directory.GetFileSystemEntries(_farm.Runs("node")));
        Assert.Equal((3, 3), _farm.Store.Read(db => db.First(
            "SELECT steps_completed, steps_total FROM jobs WHERE uuid = $1", row => (row.GetInt32(0), row.GetInt32(1)), job)));
        Assert.Contains("step greet (environment python:3.9)", _farm.Log(job));
        Assert.Matches("pid=[0-9]+ > done", _farm.Log(job));
        Assert.Empty(_farm.Messages(job));
    }

    [NeedsToolFact("sh")]
    public async Task An_empty_run_succeeds_without_files()
    {
        var job = await _farm.SubmitAsync([], [], []);
        _farm.StartWorker();
        Assert.Equal(JobStatus.Completed, await _farm.EndAsync(job));
        Assert.Empty(_farm.Artifacts(job));
    }

    [NeedsToolFact("sh")]
    public async Task The_first_nonzero_exit_code_fails_the_run_permanently_and_keeps_its_output()
    {
        var job = await _farm.SubmitAsync(
            [],
            [
                Step("one", "echo out 1; echo error 1 >&2", "true"),
                Step("two", "printf 'out 2\\n\\nend'; echo error 2 >&2; exit 3", "echo never"),
                Step("three", "echo never"),
            ],
            ["result.txt"]);
        _farm.StartWorker("a");
        _farm.StartWorker("b");

        Assert.Equal(JobStatus.Failed, await _farm.EndAsync(job));
        Assert.Equal(["out 1\n", "out 2\n\nend", "error 1\n", "error 2\n"], _farm.Messages(job));
        Assert.Contains("exit code 3 of step two, command 1", _farm.Log(job));
        Assert.DoesNotContain("> never", _farm.Log(job));
        Assert.Equal(1, _farm.Attempts(job));
    }

    [NeedsToolFact("sh")]
    public async Task A_missing_declared_file_is_reported_and_no_file_is_kept()
    {
        var job = await _farm.SubmitAsync([], [Step("one", "echo hello | tee a.txt", "mkdir folder")], ["a.txt", "results/b.txt"]);
        var folder = await _farm.SubmitAsync([], [Step("one", "mkdir folder")], ["folder"]);
        _farm.StartWorker();
        Assert.Equal(JobStatus.Failed, await _farm.EndAsync(job));
        Assert.Equal(["hello\n", "the declared output 'results/b.txt' was not written"], _farm.Messages(job));
        Assert.Equal(JobStatus.Failed, await _farm.EndAsync(folder));
        Assert.Equal(["the declared output 'folder' was not written"], _farm.Messages(folder));
        Assert.Equal(0, _farm.Store.Read(db => db.Number("SELECT count(*) FROM artifacts")));
    }

    [NeedsToolFact("sh")]
    public async Task A_file_above_the_size_limit_fails_the_run()
    {
        await using var small = await StartAsync(new(MaxFileBytes: 10));
        var job = await small.SubmitAsync([], [Step("one", "echo 12345678901 > a.txt")], ["a.txt"]);
        small.StartWorker();
        Assert.Equal(JobStatus.Failed, await small.EndAsync(job));
        Assert.Contains("upload 'a.txt'", Assert.Single(small.Messages(job)));
        Assert.Contains("10 bytes", small.Messages(job)[0]);
    }

    [NeedsToolFact("sh")]
    public async Task Missing_input_files_and_unsafe_paths_fail_the_run_before_it_starts()
    {
        var gone = new JsonObject { ["sha256"] = new string('0', 64), ["size"] = 1, ["path"] = "a.txt" };
        var jobs = new List<(Guid Job, string Message)>
        {
            (await _farm.SubmitAsync([gone], [Step("one", "echo never")], []), "download 'a.txt'"),
            (await _farm.SubmitAsync([], [Step("one", "true")], ["../secret"]), "'../secret' is no path inside the run folder"),
            (await _farm.SubmitAsync([], [Step("one", "true")], ["/etc/passwd"]), "'/etc/passwd' is no path inside the run folder"),
        };
        foreach (var path in new[] { "../a", "/tmp/a", "a/../../b", "a//b", "..\\a" })
            jobs.Add((await _farm.SubmitAsync([await _farm.FileAsync(path, "x")], [Step("one", "echo never")], []), $"'{path}' is no path inside the run folder"));
        _farm.StartWorker();
        foreach (var (job, message) in jobs)
        {
            Assert.Equal(JobStatus.Failed, await _farm.EndAsync(job));
            Assert.Contains(message, Assert.Single(_farm.Messages(job)));
            Assert.DoesNotContain("> never", _farm.Log(job));
        }
    }

    [NeedsToolFact("sh")]
    public async Task A_missing_program_is_reported()
    {
        var step = new JsonObject
        {
            ["name"] = "one",
            ["commands"] = new JsonArray(new JsonArray(new JsonObject { ["program"] = "cobol" }, " x")),
        };
        var job = await _farm.SubmitAsync([], [step], []);
        _farm.StartWorker();
        Assert.Equal(JobStatus.Failed, await _farm.EndAsync(job));
        Assert.Contains("program 'cobol' not found", Assert.Single(_farm.Messages(job)));
    }

    [NeedsToolFact("sh", "mkfifo", "sleep")]
    public async Task A_canceled_run_leaves_no_processes_files_or_folders()
    {
        var pipe = _farm.Pipe("begun");
        var job = await _farm.SubmitAsync([], [Step("one", $"echo half > a.txt; sleep 1000 & echo $$ $! > {pipe}; wait")], ["a.txt"]);
        var worker = _farm.StartWorker();
        var processes = (await File.ReadAllTextAsync(pipe)).Split().Where(text => text != "").Select(int.Parse).ToArray();
        Assert.Equal(2, processes.Length);

        await _farm.Farm.Service<JobControl>().SetStatusAsync(Caller.Farm, job, JobStatus.CancelRequested, "no longer needed");
        Assert.Equal(JobStatus.Canceled, await _farm.EndAsync(job));
        await worker.WaitForLogAsync("was stopped");
        foreach (var process in processes) Assert.False(IsRunning(process));
        Assert.Empty(Directory.GetFileSystemEntries(_farm.Runs("node")));
        Assert.Empty(_farm.Artifacts(job));
        Assert.Empty(_farm.Messages(job));
        Invariants.Check(_farm.Store);
    }

    [NeedsToolFact("sh", "sleep")]
    public async Task Background_processes_end_with_the_run()
    {
        var job = await _farm.SubmitAsync([], [Step("one", "sleep 1000 >/dev/null 2>&1 & echo $! > pid")], ["pid"]);
        _farm.StartWorker();
        Assert.Equal(JobStatus.Completed, await _farm.EndAsync(job));
        var left = int.Parse(await _farm.ContentAsync(_farm.Artifacts(job)[0]));
        Assert.False(IsRunning(left));
    }

    [NeedsToolFact("sh", "mkfifo", "sleep")]
    public async Task After_a_worker_is_killed_another_completes_its_run_once()
    {
        var (pipe, marker) = (_farm.Pipe("begun"), _farm.Directory.File("marker"));
        var job = await _farm.SubmitAsync(
            [await _farm.FileAsync("input.txt", "input")],
            [
                Step("one", $"cat input.txt > result.txt; echo $$ >> {_farm.Directory.File("runs.txt")}"),
                Step("two", $"if [ ! -e {marker} ]; then touch {marker}; echo go > {pipe}; exec sleep 1000; fi; echo second >> result.txt"),
            ],
            ["result.txt"]);
        var killed = _farm.StartProcess("first");
        Assert.Equal("go\n", await File.ReadAllTextAsync(pipe));

        killed.Kill();
        await killed.WaitForExitAsync();
        _farm.Farm.Time.Advance(TimeSpan.FromMinutes(6));
        await _farm.Farm.Service<Timeouts>().CheckAsync();
        Assert.Equal(1, _farm.Job(job).Tasks.Queued);
        Assert.NotEmpty(Directory.GetFileSystemEntries(_farm.Runs("first")));

        _farm.StartWorker("second");
        Assert.Equal(JobStatus.Completed, await _farm.EndAsync(job));
        Assert.Equal(2, _farm.Attempts(job));
        Assert.Equal("inputsecond\n", await _farm.ContentAsync(Assert.Single(_farm.Artifacts(job))));
        Assert.Equal(2, File.ReadAllLines(_farm.Directory.File("runs.txt")).Length);
        Invariants.Check(_farm.Store);

        // When the first worker returns, it cleans up and reports nothing about the run.
        var back = _farm.StartWorker("first");
        await back.WaitForLogAsync("Signed on");
        Assert.False(Directory.Exists(_farm.Runs("first")));
        Assert.Equal(2, _farm.Attempts(job));
    }

    [NeedsToolFact("sh")]
    public async Task Concurrent_runs_on_four_workers_all_end_as_expected()
    {
        var shared = await _farm.FileAsync("shared.txt", "shared");
        var jobs = new List<Guid>();
        for (var i = 0; i < 24; i++)
        {
            var last = i % 3 == 0 ? "exit 1" : $"cat shared.txt > out/{i}.txt; echo {i} >> out/{i}.txt";
            var step = Step("one", last);
            step["outputs"] = new JsonArray($"out/{i}.txt");
            jobs.Add(await _farm.SubmitAsync([shared.DeepClone().AsObject()], [step], [$"out/{i}.txt"]));
        }

        for (var i = 0; i < 4; i++) _farm.StartWorker($"node-{i}");
        for (var i = 0; i < jobs.Count; i++)
        {
            Assert.Equal(i % 3 == 0 ? JobStatus.Failed : JobStatus.Completed, await _farm.EndAsync(jobs[i]));
            Assert.Equal(1, _farm.Attempts(jobs[i]));
            if (i % 3 != 0) Assert.Equal($"shared{i}\n", await _farm.ContentAsync(Assert.Single(_farm.Artifacts(jobs[i]))));
        }

        Invariants.Check(_farm.Store);
    }

    public async Task DisposeAsync() => await _farm.DisposeAsync();
}
