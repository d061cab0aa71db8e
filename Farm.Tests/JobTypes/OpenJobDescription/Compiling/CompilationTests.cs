using System.Text.Json.Nodes;
using Farm.Server.Domain.Variables;
using Farm.Server.JobTypes;
using Farm.Server.JobTypes.Drafts;

namespace Farm.Tests.JobTypes.OpenJobDescription.Compiling;

/// <summary>Compiling a template and a submission to stages and tasks.</summary>
public sealed class CompilationTests
{
    private const string Grid =
        """
        specificationVersion: jobtemplate-2023-09
        name: Grid {{Param.Last}}
        parameterDefinitions:
        - {name: Last, type: INT, default: 3}
        steps:
        - name: Encode
          dependencies: [{dependsOn: Render}]
          script: {actions: {onRun: {command: ffmpeg, args: [-n]}}}
        - name: Render
          parameterSpace:
            taskParameterDefinitions:
            - {name: Frame, type: INT, range: "1-{{Param.Last}}"}
            - {name: Eye, type: STRING, range: [left, right]}
          script:
            actions:
              onRun: {command: /opt/blender, args: ["-f", "{{Task.Param.Frame}}", "--eye={{Task.RawParam.Eye}}"]}
        """;

    [Fact]
    public void Each_step_becomes_a_stage_after_its_dependencies()
    {
        var job = Templates.Compile(Grid);

        Assert.Equal(["Render", "Encode"], job.Stages.Select(stage => stage.Name));
        Assert.Equal([0], job.Stages[1].DependsOn);
        Assert.Equal(("Grid 3", 7L, 7L), (job.Name, job.TaskCount, job.StepsTotal));
        Assert.Equal(["blender", "ffmpeg"], job.Stages.Select(stage => stage.TaskType));
    }

    [Fact]
    public void Tasks_are_named_after_their_values_and_have_their_frame()
    {
        var tasks = Templates.Compile(Grid).Stages[0].Tasks.ToList();

        Assert.Equal(
            [
                "Render Frame=1 Eye=left", "Render Frame=1 Eye=right", "Render Frame=2 Eye=left", "Render Frame=2 Eye=right", "Render Frame=3 Eye=left",
                "Render Frame=3 Eye=right",
            ],
            tasks.Select(task => task.Name));
        Assert.Equal("2-2", tasks[2].Frames);
        Assert.Null(Templates.Compile(Grid).Stages[1].Tasks.Single().Frames);
    }

    [Fact]
    public void A_step_without_a_session_becomes_a_plain_exec_command()
    {
        var command = Templates.Compile(Grid).Stages[0].Tasks.ElementAt(3).Commands.Single();

        Assert.Equal("exec", command.Name);
        Assert.Equal("""{"exe":"/opt/blender","args":["-f","2","--eye=right"]}""", command.Parameters.ToJsonString());
    }

    [Theory]
    [InlineData("script: {actions: {onRun: {command: run, timeout: 5}}}")]
    [InlineData("script: {actions: {onRun: {command: run, cancelation: {mode: NOTIFY_THEN_TERMINATE}}}}")]
    [InlineData("script: {actions: {onRun: {command: run, args: ['{{Session.WorkingDirectory}}']}}}")]
    [InlineData("script: {actions: {onRun: {command: run}}, embeddedFiles: [{name: F, type: TEXT, data: d}]}")]
    [InlineData("script: {actions: {onRun: {command: run}}}, stepEnvironments: [{name: E, variables: {X: y}}]")]
    [InlineData("script: {actions: {onRun: {command: run, args: ['{{RawParam.P}}']}}}")]
    [InlineData("script: {actions: {onRun: {command: run, args: ['echo ${jobs}']}}}")]
    [InlineData("script: {actions: {onRun: {command: run, args: ['{{Param.S}}']}}}")]
    [InlineData("script: {actions: {onRun: {command: run}}}, hostRequirements: {attributes: [{name: 'farm:attr.task_type', anyOf: [openjd]}]}")]
    public void A_step_that_needs_a_session_requires_the_built_in_worker(string step)
    {
        var stage = Assert.Single(Templates.Compile(Step(step), """{"P":"/a","S":"{jobs}"}""").Stages);

        Assert.Equal(("openjd", "openjd-run", 100), (stage.TaskType, stage.Tasks.Single().Commands.Single().Name, stage.Tasks.Single().StepsTotal));
        Assert.NotNull(stage.Shared);
    }

    [Theory]
    [InlineData("script: {actions: {onRun: {command: run, cancelation: {mode: TERMINATE}}}}", "misc")]
    [InlineData("script: {actions: {onRun: {command: '{{Param.P}}', args: ['--out={{Param.P}}']}}}", "misc")]
    [InlineData("script: {actions: {onRun: {command: Blender.exe}}}", "blender")]
    [InlineData("script: {actions: {onRun: {command: /usr/bin/ffmpeg}}}", "ffmpeg")]
    [InlineData("script: {actions: {onRun: {command: run}}}, hostRequirements: {attributes: [{name: 'farm:attr.task_type', allOf: [GPU]}]}", "gpu")]
    public void Other_steps_get_their_type_from_the_program_or_the_template(string step, string type)
    {
        var stage = Assert.Single(Templates.Compile(Step(step), """{"P":"/a"}""").Stages);

        Assert.Equal((type, "exec"), (stage.TaskType, stage.Tasks.Single().Commands.Single().Name));
    }

    [Fact]
    public void A_session_step_cannot_use_a_task_type_of_Flamenco_workers() => Assert.Contains(
        "requires the task type \"blender\"",
        Templates.Error(
            Step("script: {actions: {onRun: {command: run, timeout: 5}}}, hostRequirements: {attributes: [{name: 'farm:attr.task_type', anyOf: [blender]}]}"), """{"P":"/a"}"""));

    [Fact]
    public void A_step_can_require_a_tag_from_the_submission() => Assert.Equal(
        "big",
        Templates.Compile(
            Step("script: {actions: {onRun: {command: run}}}, hostRequirements: {attributes: [{name: 'farm:attr.worker_tag', anyOf: ['{{Param.S}}']}]}"),
            """{"P":"/a","S":"big"}""").Stages[0].WorkerTag);

    [Fact]
    public void Paths_are_mapped_but_raw_values_are_not()
    {
        var rule = new BoundVariable("shots", "/mnt/shots", IsTwoway: true);
        var job = Templates.Compile(
            Step("script: {actions: {onRun: {command: run, timeout: 5, args: ['{{Param.P}}', '{{RawParam.P}}', '{{Param.S}}', '{{Session.HasPathMappingRules}}']}}}"),
            """{"P":"/mnt/shots/a","S":"/mnt/shots/b"}""", rule);
        var shared = job.Stages[0].Shared!;

        Assert.Equal("""{"P":"{shots}/a","S":"/mnt/shots/b"}""", job.Settings.Text);
        Assert.Equal("""["Param.P"]""", shared["path_names"]!.ToJsonString());
        Assert.Equal("""["{shots}/a"]""", shared["paths"]!.ToJsonString());
        Assert.Equal("""{"Param.S":"/mnt/shots/b","RawParam.P":"/mnt/shots/a"}""", shared["values"]!.ToJsonString());
        Assert.Equal("""{"sources":["/mnt/shots"]}""", shared["mapping"]!.ToJsonString());
        Assert.Equal("""["{shots}"]""", shared["mapping_targets"]!.ToJsonString());
    }

    [Fact]
    public void Path_task_parameters_are_mapped_too()
    {
        const string Step =
            "{specificationVersion: jobtemplate-2023-09, name: T, steps: [{name: S, script: {actions: {onRun: {command: run, args: ['{{Task.Param.F}}']}}}, "
            + "parameterSpace: {taskParameterDefinitions: [{name: F, type: PATH, range: [/mnt/shots/a]}]}}]}";
        var job = Templates.Compile(Step, "{}", new BoundVariable("shots", "/mnt/shots", IsTwoway: true));

        Assert.Equal("{shots}/a", (string)job.Stages[0].Tasks.Single().Commands[0].Parameters["args"]![0]!);
    }

    [Theory]
    [InlineData("1-{{Param.N}}", "x", "is not a whole number", false)]
    [InlineData("{{Param.S}}", "1-5,3", "Step \"S\", task parameter \"A\": \"1-5\" and \"3\" overlap.", true)]
    [InlineData("{{Param.S}}", "", "neither a whole number nor a range", true)]
    [InlineData("1-{{Param.S}}", "99999999", "this job would have 99999999 tasks", true)]
    public void A_range_made_invalid_by_the_submission_is_rejected(string range, string value, string because, bool isKnown)
    {
        var template =
            "{specificationVersion: jobtemplate-2023-09, name: T, parameterDefinitions: [{name: S, type: STRING}, {name: N, type: INT, default: 1}], "
            + $"steps: [{{name: S, {Templates.Script}, parameterSpace: {{taskParameterDefinitions: [{{name: A, type: INT, range: '{range}'}}]}}}}]}}";
        var settings = new JsonObject { [isKnown ? "S" : "N"] = value };

        Assert.Contains(isKnown ? because : "Setting \"N\" must be a whole number, but is \"x\".", Templates.Error(template, settings.ToJsonString()), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("INT", "[ '{{Param.S}}' ]", "x", "\"x\" is not a whole number")]
    [InlineData("FLOAT", "[ '{{Param.S}}' ]", "x", "\"x\" is not a number")]
    [InlineData("STRING", "[ '{{Param.S}}' ]", "", "must not be empty")]
    [InlineData("STRING", "[ '{{Param.S}}{{Param.S}}' ]", "§600", "has 1200 characters")]
    public void A_value_made_invalid_by_the_submission_is_rejected(string type, string range, string value, string because)
    {
        var template =
            "{specificationVersion: jobtemplate-2023-09, name: T, parameterDefinitions: [{name: S, type: STRING}], "
            + $"steps: [{{name: S, {Templates.Script}, parameterSpace: {{taskParameterDefinitions: [{{name: A, type: {type}, range: {range}}}]}}}}]}}";

        Assert.Contains(because, Templates.Error(template, new JsonObject { ["S"] = value == "§600" ? new string('a', 600) : value }.ToJsonString()));
    }

    [Fact]
    public void The_job_name_comes_from_the_submission_or_else_the_template()
    {
        var type = Templates.Type(Grid);

        Assert.Equal("Grid 5", type.Compile(Templates.Submission("""{"Last":5}""")).Name);
        Assert.Equal("Mine", type.Compile(Templates.Submission("{}") with { Name = "Mine" }).Name);
    }

    [Fact]
    public void A_name_that_becomes_too_long_is_rejected()
    {
        const string Template = "{specificationVersion: jobtemplate-2023-09, name: '{{Param.S}}', parameterDefinitions: [{name: S, type: STRING}], steps: [{name: S, script: {actions: {onRun: {command: run}}}}]}";

        Assert.Contains("has 129 characters", Templates.Error(Template, $$"""{"S":"{{new string('a', 129)}}"}"""));
    }

    [Fact]
    public void Tasks_are_accessible_by_index()
    {
        var tasks = Assert.IsAssignableFrom<IReadOnlyList<TaskDraft>>(Templates.Compile(Grid, """{"Last":4000000}""").Stages[0].Tasks);

        Assert.Equal((8_000_000, "Render Frame=4000000 Eye=right"), (tasks.Count, tasks[7_999_999].Name));
    }

    [Fact]
    public void A_stored_job_is_recompiled_with_its_original_template()
    {
        var rule = new BoundVariable("shots", "/mnt/shots", IsTwoway: true);
        var text = Step("script: {actions: {onRun: {command: run, timeout: 5, args: ['{{Param.P}}', '{{RawParam.P}}']}}}");
        var job = Templates.Compile(text, """{"P":"/mnt/shots/a"}""", rule);

        var again = new JobTypeRegistry([]).Compile(Submissions.Of("type", job.Settings.Text) with { Source = job.Source });

        Assert.Equal(Submissions.Show(job)["stages"]!.ToJsonString(), Submissions.Show(again)["stages"]!.ToJsonString());
        Assert.Equal(job.Stages[0].Shared!.ToJsonString(), again.Stages[0].Shared!.ToJsonString());
    }

    private static string Step(string step) =>
        $"{{specificationVersion: jobtemplate-2023-09, name: T, parameterDefinitions: [{{name: P, type: PATH, default: /p}}, {{name: S, type: STRING, default: s}}], steps: [{{name: S, {step}}}]}}";
}
