using Farm.Server.Domain.Variables;
using Farm.Tests.Worker.Support;

namespace Farm.Tests.Worker.Commands.OpenJobDescription;

/// <summary>Template tasks in sessions, with a real shell.</summary>
public sealed class SessionTests : IDisposable
{
    private readonly SessionFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [NeedsToolFact("sh")]
    public async Task Environments_are_entered_in_order_and_exited_in_reverse_order()
    {
        await _fixture.RunAsync(SessionFixture.Step(
            """
            stepEnvironments:
            - name: Inner
              script: {actions: {onEnter: {command: echo, args: [enter inner]}, onExit: {command: echo, args: [exit inner]}}}
            script: {actions: {onRun: {command: echo, args: [run]}}}
            """,
            "jobEnvironments: [{name: Outer, script: {actions: {onEnter: {command: echo, args: [enter outer]}, onExit: {command: echo, args: [exit outer]}}}}]"));

        Assert.Equal(["enter outer", "enter inner", "run", "exit inner", "exit outer"], _fixture.Said);
        Assert.Equal([100], _fixture.Fixture.Progress);
    }

    [NeedsToolFact("sh")]
    public async Task An_environment_is_exited_even_if_the_task_or_entering_it_failed()
    {
        const string Exits = "onExit: {command: echo, args: ['exit {{Session.HasPathMappingRules}}']}";
        var failed = await _fixture.FailAsync(SessionFixture.Step(
            $"stepEnvironments: [{{name: E, script: {{actions: {{onEnter: {{command: echo, args: [enter]}}, {Exits}}}}}}}]\n"
            + "script: {actions: {onRun: {command: sh, args: [-c, exit 3]}}}"));
        Assert.Equal("the task: exit code 3 of sh", failed);
        Assert.Equal(["enter", "exit false"], _fixture.Said);

        using var other = new SessionFixture();
        failed = await other.FailAsync(SessionFixture.Step(
            $"stepEnvironments: [{{name: E, script: {{actions: {{onEnter: {{command: sh, args: [-c, exit 4]}}, {Exits}}}}}}}]\n"
            + "script: {actions: {onRun: {command: echo, args: [run]}}}"));
        Assert.Equal("entering E: exit code 4 of sh", failed);
        Assert.Equal(["exit false"], other.Said);
    }

    [NeedsToolFact("sh")]
    public async Task A_failed_environment_exit_fails_the_task_after_the_others_exit()
    {
        var failed = await _fixture.FailAsync(SessionFixture.Step(
            """
            stepEnvironments:
            - name: Outer
              script: {actions: {onEnter: {command: echo, args: [a]}, onExit: {command: echo, args: [left outer]}}}
            - name: Inner
              script: {actions: {onEnter: {command: echo, args: [b]}, onExit: {command: sh, args: [-c, exit 5]}}}
            script: {actions: {onRun: {command: echo, args: [run]}}}
            """));

        Assert.Equal("exiting Inner: exit code 5 of sh", failed);
        Assert.Equal("left outer", _fixture.Said[^1]);
    }

    [NeedsToolFact("sh")]
    public async Task Variables_are_set_only_within_their_environment()
    {
        await _fixture.RunAsync(SessionFixture.Step(
            """
            stepEnvironments:
            - name: Outer
              variables: {COLOUR: red, SIZE: "{{Session.HasPathMappingRules}}"}
              script:
                actions:
                  onEnter: {command: sh, args: [-c, 'echo $COLOUR; echo "openjd_env: FROM_OUTER=a=b"; echo "openjd_env: GONE=1"; echo "openjd_unset_env: GONE"']}
                  onExit: {command: sh, args: [-c, 'echo $COLOUR $FROM_OUTER $SHAPE.']}
            - name: Inner
              variables: {COLOUR: blue, SHAPE: round}
              script:
                actions:
                  onEnter: {command: sh, args: [-c, 'echo $COLOUR; echo "openjd_unset_env: FROM_OUTER"']}
            script: {actions: {onRun: {command: sh, args: [-c, 'echo $COLOUR $SIZE $SHAPE ${FROM_OUTER-unset} ${GONE-unset}']}}}
            """));

        Assert.Equal(["red", "blue", "blue false round unset unset", "red a=b ."], _fixture.Said.Where(line => !line.StartsWith("openjd_")));
    }

    [NeedsToolFact("sh")]
    public async Task Files_are_written_before_each_action_read_only_and_executable_if_runnable()
    {
        await _fixture.RunAsync(SessionFixture.Step(
            """
            stepEnvironments:
            - name: E
              script:
                actions:
                  onEnter: {command: "{{Env.File.Greet}}", args: [enter]}
                  onExit: {command: "{{Env.File.Greet}}", args: [exit]}
                embeddedFiles:
                - name: Greet
                  type: TEXT
                  runnable: true
                  data: |
                    #!/bin/sh
                    echo $1 $(stat -c %a "$0")
                    rm -f "$0"
            script:
              actions: {onRun: {command: sh, args: ["{{Task.File.Main}}"]}}
              embeddedFiles:
              - {name: Other, type: TEXT, filename: other.txt, data: "in {{Task.File.Main}}"}
              - name: Main
                type: TEXT
                data: |
                  cd "{{Session.WorkingDirectory}}"
                  test "$(pwd)" = "$PWD" && echo here
                  stat -c %a "{{Task.File.Other}}"
                  basename "{{Task.File.Other}}"
                  echo '${jobs} }}'
            """));

        Assert.Equal(["enter 500", "here", "400", "other.txt", "${jobs} }}", "exit 500"], _fixture.Said);
    }

    [NeedsToolFact("sh")]
    public async Task A_session_leaves_no_files_behind()
    {
        await _fixture.RunAsync(SessionFixture.Step(
            """
            script: {actions: {onRun: {command: sh, args: [-c, 'mkdir -p a/b; touch a/b/c; chmod 500 a/b a; pwd'], timeout: 60}}}
            """));

        var directory = Assert.Single(_fixture.Said);
        Assert.StartsWith(_fixture.Fixture.Scratch, directory);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_fixture.Fixture.Scratch));
    }

    [NeedsToolFact("sh")]
    public async Task Task_output_sets_progress_status_and_failure_reason()
    {
        var failed = await _fixture.FailAsync(SessionFixture.Step(
            """
            script:
              actions: {onRun: {command: sh, args: ["{{Task.File.Main}}"]}}
              embeddedFiles:
              - name: Main
                type: TEXT
                data: |
                  echo "openjd_progress: 12.9"
                  echo "openjd_status: loading"
                  echo "openjd_progress: 200"
                  echo "openjd_progress: much"
                  echo " openjd_progress: 99"
                  echo "openjd_env: NOT=here"
                  echo "openjd_progress: 50" >&2
                  echo "openjd_fail: the disk is full"
                  exit 1
            """));

        Assert.Equal("the task: the disk is full", failed);
        Assert.Equal([12, 50], _fixture.Fixture.Progress.Order());
        Assert.Equal(["loading"], _fixture.Fixture.Activities);
    }

    [NeedsToolFact("sh")]
    public async Task Of_many_status_messages_the_first_and_last_are_reported()
    {
        using var fixture = new SessionFixture { Fixture = new CommandFixture { Time = new Farm.Tests.Support.ManualTime() } };
        await fixture.RunAsync(SessionFixture.Step(
            "script: {actions: {onRun: {command: sh, args: [-c, 'for i in 1 2 3 4 5; do echo openjd_status: at $i; done'], cancelation: {mode: NOTIFY_THEN_TERMINATE}}}}"));

        Assert.Equal(["at 1", "at 5"], fixture.Fixture.Activities);
    }

    [NeedsToolFact("sh")]
    public async Task A_variable_without_a_name_fails_the_environment() => Assert.Equal(
        "entering E: \"openjd_env: 1=2\" is not of the form openjd_env: name=value",
        await _fixture.FailAsync(SessionFixture.Step(
            """
            stepEnvironments: [{name: E, script: {actions: {onEnter: {command: echo, args: ["openjd_env: 1=2"]}}}}]
            script: {actions: {onRun: {command: echo}}}
            """)));

    [NeedsToolFact("sh")]
    public async Task Programs_are_searched_on_the_PATH_set_by_an_environment()
    {
        await _fixture.RunAsync(SessionFixture.Step(
            """
            stepEnvironments:
            - name: E
              script:
                actions: {onEnter: {command: sh, args: [-c, 'echo "openjd_env: PATH=$(dirname {{Env.File.Tool}}):$PATH"']}}
                embeddedFiles: [{name: Tool, type: TEXT, filename: my-tool, runnable: true, data: "#!/bin/sh\necho found\n"}]
            script: {actions: {onRun: {command: my-tool}}}
            """));

        Assert.Equal("found", _fixture.Said[^1]);
    }

    [NeedsToolFact("sh")]
    public async Task Paths_are_mapped_for_this_machine_and_the_rules_are_in_a_file()
    {
        await _fixture.RunAsync(
            SessionFixture.Step(
                """
                script: {actions: {onRun: {command: sh, args: [-c, 'echo {{Param.P}} {{RawParam.P}} {{Session.HasPathMappingRules}}; cat {{Session.PathMappingRulesFile}}']}}}
                """,
                "parameterDefinitions: [{name: P, type: PATH}]"),
            """{"P":"/mnt/a"}""", default, new BoundVariable("shots", "/mnt", IsTwoway: true));

        Assert.Equal(
            [
                "/here/mnt/a /mnt/a true",
                """{"version":"pathmapping-1.0","path_mapping_rules":[{"source_path_format":"POSIX","source_path":"/mnt","destination_path":"/here/mnt"}]}""",
            ],
            _fixture.Said);
    }

    [NeedsToolFact("sh")]
    public async Task Task_parameters_are_inserted_without_further_expansion()
    {
        await _fixture.RunAsync(SessionFixture.Step(
            """
            parameterSpace: {taskParameterDefinitions: [{name: T, type: STRING, range: ["a {jobs} {{RawParam.S}}"]}]}
            script: {actions: {onRun: {command: printf, args: ['%s|%s', "{{Task.Param.T}}", "{{ Task.RawParam.T }}"], timeout: 60}}}
            """,
            "parameterDefinitions: [{name: S, type: STRING, default: '${jobs}'}]"));

        Assert.Equal(["a {jobs} ${jobs}|a {jobs} ${jobs}"], _fixture.Said);
    }
}
