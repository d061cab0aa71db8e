using Farm.Tests.Support;

namespace Farm.Tests.CommandLine;

/// <summary><c>farm template</c> as a process, without a server.</summary>
[Collection(ProcessCollection.Name)]
public sealed class TemplateTests : IDisposable
{
    private const string Good =
        """
        specificationVersion: jobtemplate-2023-09
        name: Shots of {{Param.Film}}
        parameterDefinitions:
        - {name: Film, type: STRING}
        steps:
        - name: Draw
          parameterSpace: {taskParameterDefinitions: [{name: Frame, type: INT, range: "1-20"}]}
          script: {actions: {onRun: {command: draw, args: ["{{Task.Param.Frame}}", "it's {{Param.Film}}"]}}}
        - name: Join
          dependencies: [{dependsOn: Draw}]
          stepEnvironments: [{name: Venv, variables: {A: b}, script: {actions: {onEnter: {command: up}, onExit: {command: down}}}}]
          script: {actions: {onRun: {command: join}}}
        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Checking_a_valid_template_exits_with_0()
    {
        await using var check = Run(Good, "template", "check", "shots.yaml");

        Assert.Equal((0, "shots.yaml: the job type \"shots\"\n"), (await check.ExitAsync(), check.Output));
    }

    [Fact]
    public async Task Problems_are_printed_with_name_line_and_reason_and_exit_with_1()
    {
        await using var check = Run(Good.Replace("\"1-20\"", "\"1-20,5\"").Replace("dependsOn: Draw", "dependsOn: Drew"), "template", "check", "shots.yaml");

        Assert.Equal(1, await check.ExitAsync());
        Assert.Equal(
            "shots.yaml:7: steps[0].parameterSpace.taskParameterDefinitions[0].range: \"1-20\" and \"5\" overlap\n"
            + "shots.yaml:10: steps[1].dependencies[0].dependsOn: there is no step \"Drew\"\n",
            check.Output);
    }

    [Fact]
    public async Task Tasks_and_commands_are_shown()
    {
        await using var show = Run(Good, "template", "show", "shots.yaml", "Film=Sintel 2", "--tasks", "2");

        Assert.Equal(0, await show.ExitAsync());
        Assert.Equal(
            """
            Shots of Sintel 2: 21 tasks in 2 steps

            Draw: 20 tasks of type misc
              Draw Frame=1
                draw 1 'it'\''s Sintel 2'
              Draw Frame=2
                draw 2 'it'\''s Sintel 2'
              … and 18 more

            Join: 1 task of type openjd, after Draw
              Join
                set A=b
                enter Venv: up
                run join
                exit Venv: down

            """,
            show.Output);
    }

    [Theory]
    [InlineData("Setting \"Film\" is missing.", "template", "show", "shots.yaml")]
    [InlineData("unknown setting \"Fim\"", "template", "show", "shots.yaml", "Fim=x")]
    [InlineData("file not found: other.yaml", "template", "show", "other.yaml")]
    [InlineData("shots.txt is not a template", "template", "check", "shots.txt")]
    public async Task A_failure_is_reported_in_one_line(string because, params string[] arguments)
    {
        File.WriteAllText(_directory["shots.txt"], "");
        await using var process = Run(Good, arguments);

        Assert.Equal(1, await process.ExitAsync());
        CommandError.AssertOneLine(process, because);
    }

    private FarmProcess Run(string template, params string[] arguments)
    {
        File.WriteAllText(_directory["shots.yaml"], template);
        return FarmProcess.Start(_directory.Path, arguments);
    }
}
