using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Farm.Server.Domain.Jobs;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.Operations;
using Farm.Server.Operations.Jobs;
using Farm.Server.Operations.Templates;
using Farm.Server.Store.Engine;
using Farm.Tests.Contracts.Deadline;
using Farm.Tests.JobTypes;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Jobs;

/// <summary>Short submissions that once stored gigabytes: each is refused before anything is stored, by a limit that the answer names.</summary>
public sealed class JobSizeTests
{
    private static readonly string Long = new('a', 1_000_000);

    [Theory]
    [InlineData("/api/v3/jobs")]
    [InlineData("/api/v3/jobs/check")]
    public async Task A_megabyte_of_arguments_is_not_stored_a_thousand_times(string path)
    {
        await using var farm = await TestFarm.StartAsync();
        var (status, text) = await SubmitAsync(farm, path, "command-line", new { executable = "x", arguments = $"{Long}<STARTFRAME>", frames = "1-1000" });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("jobs.max_bytes", text);
        Assert.Contains("at least 1000", text);
        AssertNothingStored(farm);
    }

    [Fact]
    public async Task A_megabyte_of_arguments_is_not_stored_a_thousand_times_through_Deadline()
    {
        await using var farm = await TestFarm.StartAsync();
        var (status, text) = await farm.SayAsync(
            "POST", "/api/jobs",
            $$$"""{"JobInfo":{"Plugin":"CommandLine","Frames":"1-1000","Name":"n"},"PluginInfo":{"Executable":"x","Arguments":"{{{Long}}}<STARTFRAME>"},"AuxFiles":[]}""");
        Assert.Equal(400, status);
        Assert.Contains("jobs.max_bytes", text);
        AssertNothingStored(farm);
    }

    [Fact]
    public async Task Frames_that_are_listed_one_by_one_are_counted_too()
    {
        await using var farm = await TestFarm.StartAsync();
        var frames = string.Join(',', Enumerable.Range(1, 400).Select(i => i * 2));
        var (status, text) = await SubmitAsync(farm, "/api/v3/jobs", "simple-blender-render", new { frames, render_output_path = $"/{Long}/####", blendfile = "b" });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("jobs.max_bytes", text);
        AssertNothingStored(farm);
    }

    [Fact]
    public async Task One_task_cannot_hold_the_writer_with_a_huge_command()
    {
        await using var farm = await TestFarm.StartAsync();
        var (status, text) = await SubmitAsync(farm, "/api/v3/jobs", "command-line", new { executable = "x", arguments = new string('a', 13_000_000) });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("jobs.max_task_bytes", text);
        AssertNothingStored(farm);
    }

    [Fact]
    public async Task The_limits_are_settings()
    {
        await using var farm = await TestFarm.StartAsync(new FarmLimits { Jobs = new JobSizeLimits(MaxTasks: 10, MaxBytes: 65_536, MaxTaskBytes: 16_384) });
        Assert.Equal(HttpStatusCode.OK, (await SubmitAsync(farm, "/api/v3/jobs", "command-line", new { executable = "x", frames = "1-10" })).Status);
        var (status, text) = await SubmitAsync(farm, "/api/v3/jobs", "command-line", new { executable = "x", frames = "1-11" });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("this would make 11 tasks; the limit is 10 (setting jobs.max_tasks)", text);
        Assert.Contains("jobs.max_bytes", (await SubmitAsync(farm, "/api/v3/jobs", "command-line", new { executable = "x", arguments = Long[..8000], frames = "1-10" })).Text);
        Assert.Contains("jobs.max_task_bytes", (await SubmitAsync(farm, "/api/v3/jobs", "command-line", new { executable = "x", arguments = Long[..20_000] })).Text);
    }

    [Fact]
    public async Task A_template_does_not_store_a_file_three_hundred_times()
    {
        await using var farm = await TestFarm.StartAsync();
        var steps = string.Join(',', Enumerable.Range(0, 300).Select(i => $$$$$"""{"name":"s{{{{{i}}}}}","script":{"actions":{"onRun":{"command":"x"}}}}"""));
        await TemplateAsync(farm, $$$$"""
            {"specificationVersion":"jobtemplate-2023-09","name":"T","steps":[{{{{steps}}}}],
             "jobEnvironments":[{"name":"e","script":{"embeddedFiles":[{"name":"f","type":"TEXT","data":"{{{{Long[..900_000]}}}}"}],"actions":{"onEnter":{"command":"{{Env.File.f}}"} } } }]}
            """);
        var (status, text) = await SubmitAsync(farm, "/api/v3/jobs", "multiplier", new { });
        Assert.True(status == HttpStatusCode.BadRequest, $"{status} {text}");
        Assert.Contains("jobs.max_task_bytes", text);
        AssertNothingStored(farm);
    }

    [Fact]
    public async Task A_template_does_not_multiply_a_value_in_its_arguments()
    {
        await using var farm = await TestFarm.StartAsync();
        var many = new StringBuilder().Insert(0, "{{Task.Param.A}}", 50_000);
        await TemplateAsync(farm, $$$$"""
            {"specificationVersion":"jobtemplate-2023-09","name":"T","steps":[{"name":"s","script":{"actions":{"onRun":{"command":"x","args":["{{{{many}}}}"]}}},
             "parameterSpace":{"taskParameterDefinitions":[{"name":"A","type":"STRING","range":["a","{{{{Long[..1000]}}}}"]}]}}]}
            """);
        var (status, text) = await SubmitAsync(farm, "/api/v3/jobs", "multiplier", new { });
        Assert.True(status == HttpStatusCode.BadRequest, $"{status} {text}");
        Assert.Contains("50000001 characters", text);
        AssertNothingStored(farm);
    }

    [Theory]
    [InlineData("command-line", """{"executable":"x","arguments":"<STARTFRAME%4> <ENDFRAME>","frames":"8-1203","chunk_size":7}""")]
    [InlineData("command-line", """{"executable":"x","arguments":"é <STARTFRAME>","artifacts":"<ENDFRAME>.png","frames":"1-9,90-110,1000"}""")]
    [InlineData("simple-blender-render", """{"frames":"8-1203","chunk_size":1,"render_output_path":"/r/####","blendfile":"b"}""")]
    [InlineData("simple-blender-render", """{"frames":"8-1203","chunk_size":2,"render_output_path":"/r/####","blendfile":"b","fps":24}""")]
    [InlineData("simple-blender-render", """{"frames":"0-1203","chunk_size":150,"render_output_path":"/r/####","blendfile":"b"}""")]
    [InlineData("sample-animation", """{"frames":"1-100","chunk_size":3,"preview_video":true}""")]
    [InlineData("echo-sleep-test", """{"message":"m","sleep_repeats":20}""")]
    public void No_task_is_smaller_or_larger_than_its_stage_says(string type, string settings)
    {
        foreach (var stage in Submissions.Compile(type, settings).Stages)
        {
            var sizes = stage.Tasks.Select(Size).ToList();
            Assert.Equal(sizes.Count, stage.Bounds!.Count);
            Assert.InRange(sizes.Min(), Size(stage.Bounds.Smallest()), sizes.Max());
            Assert.InRange(sizes.Max(), sizes.Min(), Size(stage.Bounds.Largest()));
        }

        static long Size(TaskDraft task) =>
            Encoding.UTF8.GetByteCount(CommandDraftJson.Write(task.Commands)) + Encoding.UTF8.GetByteCount(task.Name) + Encoding.UTF8.GetByteCount(task.Frames ?? "");
    }

    [Fact]
    public void The_size_of_commands_is_that_of_their_JSON()
    {
        CommandDraft[] commands = [new("exec", new JsonObject { ["exe"] = "é\"x", ["args"] = new JsonArray(Long, 1) }, 3)];
        Assert.Equal(Encoding.UTF8.GetByteCount(CommandDraftJson.Write(commands)), CommandDraftJson.Bytes(commands));
    }

    [Fact]
    public void Slices_are_limited_in_length()
    {
        var lengths = new[] { 400_000, 400_000, 400_000, 1, 5_000_000, 2, 3, 4 };
        Assert.Equal([[400_000, 400_000, 400_000], [1, 5_000_000], [2, 3, 4]], TaskPreparation.Slices(lengths, 5, length => length));
        Assert.Equal([3, 3, 2], TaskPreparation.Slices(Enumerable.Repeat(1, 8), 3, length => length).Select(slice => slice.Length));
    }

    [Fact]
    public async Task A_job_whose_slices_are_limited_in_length_is_stored_whole()
    {
        await using var farm = await TestFarm.StartAsync();
        var (status, text) = await SubmitAsync(farm, "/api/v3/jobs", "command-line", new { executable = "x", arguments = $"{Long[..700_000]}<STARTFRAME>", frames = "1-7" });
        Assert.True(status == HttpStatusCode.OK, text);
        Assert.Equal((7L, 7L), farm.Service<FarmStore>().Read(db => (db.Number("SELECT count(*) FROM tasks"), db.Number("SELECT count(*) FROM command_lists"))));
        Assert.Equal("queued", (string)JsonNode.Parse(text)!["status"]!);
    }

    private static async Task<(HttpStatusCode Status, string Text)> SubmitAsync(TestFarm farm, string path, string type, object settings)
    {
        using var answer = await farm.Client.PostAsJsonAsync(path, new { name = "n", type, priority = 50, submitter_platform = "linux", settings });
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task TemplateAsync(TestFarm farm, string text)
    {
        await File.WriteAllTextAsync(Path.Combine(farm.Data, "farm", "templates", "multiplier.json"), text);
        farm.Service<TemplateFolder>().Scan(readImmediately: true);
    }

    private static void AssertNothingStored(TestFarm farm) => Assert.Equal(
        (0L, 0L), farm.Service<FarmStore>().Read(db => (db.Number("SELECT count(*) FROM jobs"), db.Number("SELECT count(*) FROM command_lists"))));
}
