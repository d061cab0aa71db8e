using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Farm.Server.Operations.Templates;
using Farm.Tests.CommandLine;
using Farm.Tests.Support;
using Farm.Tests.Worker.Support;

namespace Farm.Tests.Operations.Templates;

/// <summary>Templates over HTTP: listed, submitted, and run by the built-in worker process or any other worker.</summary>
[Collection(ProcessCollection.Name)]
public sealed class TemplateJobTests : IAsyncLifetime
{
    private const string Shots =
        """
        specificationVersion: jobtemplate-2023-09
        name: Shots
        parameterDefinitions:
        - {name: Output, type: PATH, objectType: DIRECTORY, dataFlow: OUT}
        - {name: Last, type: INT, default: 2, minValue: 1}
        jobEnvironments:
        - name: Studio
          variables: {STUDIO: north, PATH: "/usr/local/bin:/usr/bin:/bin"}
          script: {actions: {onEnter: {command: sh, args: [-c, 'echo "openjd_env: MOOD=calm"']}, onExit: {command: sh, args: [-c, 'echo left >> "{{Param.Output}}/log"']}}}
        steps:
        - name: Join
          dependencies: [{dependsOn: Draw}]
          script: {actions: {onRun: {command: sh, args: [-c, 'cat "{{Param.Output}}"/*.txt > "{{Param.Output}}/all"']}}}
        - name: Draw
          parameterSpace:
            taskParameterDefinitions:
            - {name: Frame, type: INT, range: "1-{{Param.Last}}"}
            - {name: Eye, type: STRING, range: [left, right]}
          script:
            actions: {onRun: {command: sh, args: ["{{Task.File.Draw}}"]}}
            embeddedFiles:
            - name: Draw
              type: TEXT
              data: |
                echo "openjd_progress: 50"
                echo "openjd_status: drawing {{Task.Param.Frame}}"
                echo "{{Task.Param.Frame}} {{Task.Param.Eye}} $STUDIO $MOOD" > "{{Param.Output}}/{{Task.Param.Frame}}-{{Task.Param.Eye}}.txt"
        """;

    private readonly TemporaryDirectory _directory = new();
    private TestFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await TestFarm.StartAsync(clock: TimeProvider.System);

    public async Task DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }

    [NeedsToolFact("sh", "cat")]
    public async Task A_template_is_submitted_by_the_command_line_and_run_by_the_built_in_worker()
    {
        Put("shots.yaml", Shots);
        var output = Directory.CreateDirectory(_directory["out"]).FullName;
        await using var worker = FarmProcess.Start(_directory.Path, "worker", "--manager", _farm.Client.BaseAddress!.ToString(), "--state", _directory["worker"]);
        await using var submit = FarmProcess.Start(
            _directory.Path, "submit", "shots", $"Output={output}", "Last=3", "--wait", "--url", _farm.Client.BaseAddress!.ToString());

        Assert.True(await submit.ExitAsync() == 0, $"{submit.Errors}\n{worker.Output}");

        Assert.Equal(
            ["1 left north calm", "1 right north calm", "2 left north calm", "2 right north calm", "3 left north calm", "3 right north calm"],
            await File.ReadAllLinesAsync(Path.Combine(output, "all")));
        Assert.Equal(7, (await File.ReadAllLinesAsync(Path.Combine(output, "log"))).Length);
        var job = (await _farm.GetAsync("/api/v3/jobs"))["jobs"]![0]!.AsObject();
        Assert.Equal(("Shots", 700, 700), ((string)job["name"]!, (int)job["steps_completed"]!, (int)job["steps_total"]!));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory["worker/scratch"]));
    }

    [Fact]
    public async Task A_plain_step_runs_on_any_worker()
    {
        Put("plain.yaml", JobTypes.OpenJobDescription.Templates.Around("parameter", "{name: A, type: INT}").Replace("command: run", "command: run, args: ['{{Param.A}}']"));
        await _farm.SubmitAsync(new { name = "J", type = "plain", submitter_platform = "linux", settings = new Dictionary<string, int> { ["A"] = 5 } });
        var worker = await _farm.AwakeAsync();

        var task = await worker.TakeAsync();

        Assert.Equal("""[{"name":"exec","parameters":{"exe":"run","args":["5"]},"total_step_count":0}]""", task["commands"]!.ToJsonString());
    }

    [Fact]
    public async Task A_task_is_handed_out_with_the_shared_step_data_and_paths_for_the_workers_platform()
    {
        await using var farm = await TestFarm.StartAsync(variables:
        [
            new("shots", true, [new(Farm.Server.Domain.Variables.VariableAudience.All, ["linux"], "/mnt/shots"), new(Farm.Server.Domain.Variables.VariableAudience.All, ["windows"], "S:")]),
        ]);
        Put(farm, "shots.yaml", Shots);
        var job = await farm.SubmitAsync(new { name = "J", type = "shots", submitter_platform = "windows", settings = new Dictionary<string, string> { ["Output"] = @"S:\a" } });
        var worker = await farm.AwakeAsync("node", "openjd");

        var parameters = (await worker.TakeAsync())["commands"]![0]!["parameters"]!;

        Assert.Equal("""["/mnt/shots/a"]""", parameters["paths"]!.ToJsonString());
        Assert.Equal("""{"Frame":"1","Eye":"left"}""", parameters["task"]!.ToJsonString());
        Assert.Contains("{{Param.Output}}", (string)parameters["session"]!["files"]![0]!["data"]!);
        var shown = await farm.GetAsync($"/api/v3/tasks/{(await farm.TasksAsync(job))[0]["id"]}");
        Assert.Equal("""["{shots}\\a"]""", shown["commands"]![0]!["parameters"]!["paths"]!.ToJsonString());
    }

    [Fact]
    public async Task Listed_types_follow_the_files()
    {
        var before = await TypesAsync();
        Assert.DoesNotContain("late", before);

        await File.WriteAllTextAsync(Path.Combine(_farm.Data, "farm", "templates", "late.yaml"), Shots);
        await UntilAsync(async () => (await TypesAsync()).Contains("late"));
        var old = (await _farm.GetAsync("/api/v3/jobs/type/late"))["etag"]!.ToString();

        await File.WriteAllTextAsync(Path.Combine(_farm.Data, "farm", "templates", "late.yaml"), Shots.Replace("name: Shots", "name: Other shots"));
        await UntilAsync(async () => (string)(await _farm.GetAsync("/api/v3/jobs/type/late"))["label"]! == "Other shots");
        using var refused = await _farm.Client.PostAsJsonAsync(
            "/api/v3/jobs", new { name = "J", type = "late", type_etag = old, submitter_platform = "linux", settings = new Dictionary<string, string> { ["Output"] = "/o" } });
        Assert.Equal(412, (int)refused.StatusCode);

        File.Delete(Path.Combine(_farm.Data, "farm", "templates", "late.yaml"));
        await UntilAsync(async () => !(await TypesAsync()).Contains("late"));
    }

    [Fact]
    public async Task Invalid_settings_are_rejected_with_a_readable_message()
    {
        Put("shots.yaml", Shots);
        using var refused = await _farm.Client.PostAsJsonAsync(
            "/api/v3/jobs/check", new { name = "J", type = "shots", submitter_platform = "linux", settings = new Dictionary<string, int> { ["Last"] = 0 } });

        Assert.Equal(400, (int)refused.StatusCode);
        var error = JsonNode.Parse(await refused.Content.ReadAsStringAsync())!;
        Assert.Equal("Setting \"Output\" is missing. Setting \"Last\" must be at least 1, but is 0.", (string)error["message"]!);
    }

    [Fact]
    public async Task A_step_that_requires_a_tag_keeps_it_when_the_jobs_tag_changes()
    {
        Put("tagged.yaml", JobTypes.OpenJobDescription.Templates.Around("attribute", "{name: 'farm:attr.worker_tag', anyOf: [BIG]}"));
        using (var unknown = await _farm.Client.PostAsJsonAsync("/api/v3/jobs", new { name = "J", type = "tagged", submitter_platform = "linux" }))
            Assert.Contains("which does not exist", await unknown.Content.ReadAsStringAsync());

        var big = await TagAsync("big");
        var small = await TagAsync("small");
        using (var other = await _farm.Client.PostAsJsonAsync("/api/v3/jobs", new { name = "J", type = "tagged", submitter_platform = "linux", worker_tag = small }))
            Assert.Contains("the job asks for another tag", await other.Content.ReadAsStringAsync());
        var job = await _farm.SubmitAsync(new { name = "J", type = "tagged", submitter_platform = "linux" });
        using (await _farm.Client.PostAsJsonAsync($"/api/v3/jobs/{job["id"]}/settag", new { id = small })) { }

        var worker = await _farm.AwakeAsync();
        using (var nothing = await worker.ScheduleAsync()) Assert.Equal(204, (int)nothing.StatusCode);
        using (await _farm.Client.PostAsJsonAsync($"/api/v3/worker-mgt/workers/{worker.Id}/settags", new { tag_ids = new[] { big } })) { }
        using (var task = await worker.ScheduleAsync()) Assert.Equal(200, (int)task.StatusCode);
    }

    private async Task<string> TagAsync(string name)
    {
        using var answer = await _farm.Client.PostAsJsonAsync("/api/v3/worker-mgt/tags", new { name });
        return (string)(await TestFarm.JsonAsync(answer))["id"]!;
    }

    private async Task<List<string>> TypesAsync() =>
        [.. (await _farm.GetAsync("/api/v3/jobs/types"))["job_types"]!.AsArray().Select(type => (string)type!["name"]!)];

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds()) await Task.Delay(50, deadline.Token);
    }

    private void Put(string name, string text) => Put(_farm, name, text);

    private static void Put(TestFarm farm, string name, string text)
    {
        File.WriteAllText(Path.Combine(farm.Data, "farm", "templates", name), text);
        farm.Service<TemplateFolder>().Scan(readImmediately: true);
    }
}
