using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Arguments;
using Farm.Server.JobTypes.FlowServ.Plans;
using Farm.Server.JobTypes.FlowServ.Templates;
using Farm.Server.JobTypes.FlowServ.Values;
using Farm.Server.Worker.Commands.Workflows;
using Farm.Tests.Support;
using Farm.Tests.Worker.Support;

namespace Farm.Tests.JobTypes.FlowServ;

/// <summary>Values that people give to workflows, from the template to what a program gets from the worker's shell.</summary>
public sealed class ShellValueTests : IDisposable
{
    private static readonly string[] Values =
    [
        "plain", "two words", " ", "", "a;touch pwned", "a\ntouch pwned\n", "$(touch pwned)", "`touch pwned`", "&& touch pwned", "|touch pwned", "> pwned", "'; touch pwned; '",
        "\"; touch pwned; \"", "'\"$(touch pwned)\"'", "\\", "\\\"; touch pwned #", "${HOME}", "$FARM_VALUE_1", "*", "~", "{a,b}", "!x", "%PATH%", "ä€😀", "-n", "a\tb\r\nc",
    ];

    private readonly TemporaryDirectory _directory = new();

    [NeedsToolFact("sh")]
    public void A_value_is_one_argument_whatever_quotes_the_template_has_around_it()
    {
        foreach (var value in Values)
        {
            Assert.Equal([value, value, value], Arguments("""$x "${x}" '${x}'""", value));
            Assert.Equal([$"a{value}b", $"c {value} d", $"e {value} f"], Arguments("""a${x}b "c ${x} d" 'e ${x} f'""", value));
            Assert.Equal([$"it's {value}", $"--in={value}", $"\"{value}\""], Arguments("""it\'s" "$x --in=$x \"$x\" # isn't "$x" """, value));
            Assert.Equal(["a;touch b", "$HOME"], Arguments("""'a;touch b' '$$HOME'""", value));
        }

        Assert.Equal(["show"], Directory.GetFileSystemEntries(_directory.Path).Select(Path.GetFileName));
    }

    [NeedsToolFact("sh")]
    public void A_value_within_a_command_within_a_command_is_one_argument_there()
    {
        foreach (var value in Values.Where(value => !value.EndsWith('\n') && value != "-n"))
        {
            Assert.Equal([value], Arguments("""  "$$(printf %s "${x}")" """, value));
            Assert.Equal([$"b{value}"], Arguments("""  "$$(if true; then printf b%s $x; fi)" """, value));
        }

        Assert.Equal(["show"], Directory.GetFileSystemEntries(_directory.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("$x")]
    [InlineData("./$x now")]
    [InlineData("true && \"${x}\"")]
    [InlineData("A=b $x")]
    [InlineData("if true; then $x; fi")]
    [InlineData("echo $$($x)")]
    [InlineData("echo `$x`")]
    [InlineData("sh -c \"echo $x\"")]
    [InlineData("bash -euo pipefail -c 'cat ${x}'")]
    [InlineData("${python} -c \"print('$x')\"")]
    [InlineData("nice -n 5 /bin/sh -c 'echo ${x}'")]
    [InlineData("perl -ne 'print if /${x}/' a.txt")]
    [InlineData("eval echo $x")]
    [InlineData("ssh render ls $x")]
    [InlineData("awk '/${x}/' a.txt")]
    [InlineData("sed -e \"s/a/${x}/\" a.txt")]
    [InlineData("sed s/a/$x/ a.txt")]
    [InlineData("echo $$(( $x + 1 ))")]
    [InlineData("cat <<END\n$x\nEND")]
    public void A_value_that_would_be_run_or_interpreted_is_refused_at_installation_and_for_runs_unless_the_template_says_so(string command)
    {
        var refused = Assert.Throws<FarmException>(() => RunPlanner.CheckValues(Template(command)));
        Assert.Contains("the value of 'x' ", refused.Message);
        Assert.Contains("farm_raw", refused.Message);
        Assert.Equal(refused.Message, Assert.Throws<FarmException>(() => Plan(Template(command), "text")).Message);
        RunPlanner.CheckValues(Template(command, raw: "[p]"));
        RunPlanner.CheckValues(Template(command, type: "float"));
    }

    [Theory]
    [InlineData("${python} code/a.py -c $x -e \"$x\"")]
    [InlineData("sh code/a.sh $x")]
    [InlineData("python -m tool --run $x")]
    [InlineData("awk -v name=\"$x\" '{print name}' \"$x\"")]
    [InlineData("sed -n 1p $x")]
    [InlineData("A=$x python a.py; wc -c < $x > out.txt")]
    [InlineData("for f in $x; do echo \"$f\"; done")]
    [InlineData("[ \"$x\" = a ] || exit 1")]
    [InlineData("grep -e $x a.txt | sort")]
    [InlineData("echo $$((1 + 2)) $x")]
    public void A_value_among_arguments_is_accepted(string command) => RunPlanner.CheckValues(Template(command));

    [NeedsToolFact("sh")]
    public void A_template_may_take_a_value_as_shell_text()
    {
        Assert.Equal(["a", "b", "c d"], Arguments("$x", "a b 'c d'", raw: "[p]"));
        Assert.Throws<FarmException>(() => Template("show $x", raw: "[y]"));
    }

    [Fact]
    public void Text_of_the_template_stays_shell_text()
    {
        var template = Read("""
            workflow:
              parameters: {flags: --fast --low, mode: "$[[quick ? --quick -x : --slow]]", count: "$[[count]]"}
              steps: [{name: a, action: {environment: x, commands: ["run $flags $mode $count"]}}]
            parameters: [{name: quick, dtype: bool}, {name: count, dtype: int}]
            """);
        var parts = Plan(template, ("quick", new PyBool(true)), ("count", new PyInt(3)));
        Assert.Equal("run --fast --low --quick -x 3", (string?)Assert.Single(parts));
    }

    [Fact]
    public void A_value_with_a_NUL_is_refused() => Assert.Throws<FarmException>(() => Plan(Template("show $x"), "a\0b"));

    public void Dispose() => _directory.Dispose();

    private string[] Arguments(string words, string value, string raw = "[]")
    {
        var program = _directory["show"];
        File.WriteAllText(program, "for argument; do printf '%s\\0' \"$argument\"; done");
        var parts = Plan(Template($"sh show {words}", raw), value);
        var command = CommandText(parts);
        var start = new ProcessStartInfo("sh", ["-c", command.Line]) { RedirectStandardOutput = true, WorkingDirectory = _directory.Path };
        foreach (var (name, content) in command.Variables) start.Environment[name] = content;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, command.Line);
        return output.Split('\0')[..^1];
    }

    private static ShellCommand CommandText(JsonArray parts) =>
        Server.Worker.Commands.Workflows.CommandText.Join([.. JsonDocument.Parse(parts.ToJsonString()).RootElement.EnumerateArray()]);

    private static JsonArray Plan(WorkflowTemplate template, string value) => Plan(template, ("p", new PyText(value)));

    /// <summary>The parts of the one command, as the worker gets them.</summary>
    private static JsonArray Plan(WorkflowTemplate template, params (string Name, PyValue Value)[] arguments)
    {
        var values = arguments.ToDictionary(argument => argument.Name, argument => argument.Value);
        var draft = RunPlanner.Plan(template, template.Parameters, new RunArguments(values, []), []).Draft("run", []);
        return draft.Stages.Single().Tasks.Single().Commands.Single().Parameters["steps"]![0]!["commands"]![0]!.AsArray();
    }

    private static WorkflowTemplate Template(string command, string raw = "[]", string type = "string") => Read($$$"""
        workflow:
          parameters: {x: "$[[p]]"}
          farm_raw: {{{raw}}}
          steps: [{name: a, action: {environment: x, commands: [{{{JsonSerializer.Serialize(command)}}}]}}]
        parameters: [{name: p, dtype: {{{type}}}}]
        """);

    private static WorkflowTemplate Read(string yaml) => TemplateReader.Read(YamlValues.Parse(yaml, "workflow.yaml"));
}
