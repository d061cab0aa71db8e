using Farm.Server.JobTypes.OpenJobDescription.Reading;
using Farm.Tests.Yaml;

namespace Farm.Tests.JobTypes.OpenJobDescription.Reading;

/// <summary>Reading YAML and JSON, with the line of each problem.</summary>
public sealed class TemplateReaderTests
{
    private const string BrokenYaml =
        """
        specificationVersion: jobtemplate-2023-09
        name: Two problems
        parameterDefinitions:
        - name: Frames
          type: INT
          default: many
        steps:
        - name: Render
          script:
            actions:
              onRun:
                command: blender
                args:
                - -b
                - "{{Param.Scene}}"
        """;

    private const string BrokenJson =
        """
        {
          "specificationVersion": "jobtemplate-2023-09",
          "name": "Two problems",
          "parameterDefinitions": [
            { "name": "Frames", "type": "INT",
              "default": "many" }
          ],
          "steps": [
            { "name": "Render", "script": { "actions": { "onRun": { "command": "blender",
              "args": [ "-b",
                        "{{Param.Scene}}" ] } } } }
          ]
        }
        """;

    [Theory]
    [InlineData(BrokenYaml, false, 6, 15)]
    [InlineData(BrokenJson, true, 6, 11)]
    public void Every_problem_is_reported_with_line_path_and_reason(string text, bool isJson, int first, int second) => Assert.Equal(
        [
            $"{first}: parameterDefinitions[0].default: must be a whole number of 64 bits, but is \"many\"",
            $"{second}: steps[0].script.actions.onRun.args[1]: there is no value Param.Scene in the script of this step; there are Param.Frames",
        ],
        TemplateReader.Read(text, isJson).Problems.Select(problem => problem.ToString()));

    [Theory]
    [InlineData("a: [", 1, "this is not YAML")]
    [InlineData("a: b\nc d\ne: f", 2, "this is not YAML")]
    [InlineData("", 1, "the file is empty")]
    [InlineData("# nothing", 1, "the file is empty")]
    [InlineData("a: 1\n---\nb: 2", 2, "more than one document")]
    [InlineData("a: 1\nb: 2\na: 3", 3, "\"a\" is there twice")]
    [InlineData("a: *b", 1, "the alias *b stands for nothing")]
    [InlineData("a: !!binary eA==", 1, "the tag tag:yaml.org,2002:binary has no meaning")]
    [InlineData("? [a]\n: b", 1, "the name of a property must be a text")]
    public void Invalid_YAML_is_rejected_with_a_line_number(string text, int line, string reason) => Refuses(text, false, line, reason);

    [Theory]
    [InlineData("{\n\"a\": }", 2, "this is not JSON")]
    [InlineData("{} {}", 1, "this is not JSON")]
    [InlineData("", 1, "this is not JSON")]
    [InlineData("{\"a\": 1,\n\"a\": 2}", 2, "\"a\" is there twice")]
    [InlineData("{\n\"a\": \"\\ud800\"}", 2, "half of a character pair")]
    [InlineData("{\n\"\\udc00\": 1}", 2, "half of a character pair")]
    [InlineData("// no\n{}", 1, "this is not JSON")]
    public void Invalid_JSON_is_rejected_with_a_line_number(string text, int line, string reason) => Refuses(text, true, line, reason);

    [Fact]
    public void Deep_nesting_is_rejected_before_it_overflows_the_stack()
    {
        Refuses(new string('[', 100_000), false, 1, "too deep");
        Refuses(string.Concat(Enumerable.Repeat("{a: ", 100_000)), false, 1, "too deep");
        Refuses(new string('[', 100_000), true, 1, "this is not JSON");
    }

    [Fact]
    public void A_hostile_text_is_rejected_with_a_reason()
    {
        foreach (var (text, reason) in HostileYaml.Refused.Values)
        {
            Assert.Contains(reason, Assert.Single(TemplateReader.Read(text, isJson: false).Problems).Reason);
            Assert.NotEmpty(TemplateReader.Read(text, isJson: true).Problems);
        }
    }

    [Fact]
    public void Exponential_aliases_are_rejected_before_they_use_memory()
    {
        var laughs = string.Concat(Enumerable.Range(1, 12).Select(i => $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));

        Refuses($"a0: &a0 ha\n{laughs}", false, 7, "too large");
    }

    [Fact]
    public void Aliases_are_resolved()
    {
        var template = TemplateReader.Read(
            """
            specificationVersion: jobtemplate-2023-09
            name: T
            steps:
            - name: A
              script: &script
                actions: {onRun: {command: run}}
            - name: B
              script: *script
            """,
            isJson: false).Template;

        Assert.Equal("run", template!.Steps[1].Script.OnRun.Command.Text);
    }

    [Fact]
    public void YAML_and_JSON_give_the_same_template()
    {
        const string Yaml = "{specificationVersion: jobtemplate-2023-09, name: T, steps: [{name: S, script: {actions: {onRun: {command: run, args: ['1'], timeout: 5}}}}]}";
        const string Json =
            """
            {"specificationVersion": "jobtemplate-2023-09", "name": "T",
             "steps": [{"name": "S", "script": {"actions": {"onRun": {"command": "run", "args": ["1"], "timeout": 5}}}}]}
            """;

        var (yaml, json) = (TemplateReader.Read(Yaml, false).Template!.Steps[0].Script.OnRun, TemplateReader.Read(Json, true).Template!.Steps[0].Script.OnRun);
        Assert.Equal((yaml.Command.Text, yaml.Arguments[0].Text, yaml.TimeoutSeconds), (json.Command.Text, json.Arguments[0].Text, json.TimeoutSeconds));
    }

    [Theory]
    [InlineData("10.0", "10.0")]
    [InlineData("1.50", "1.50")]
    [InlineData("5", "5")]
    [InlineData(".5", "0.5")]
    [InlineData("1e3", "1000")]
    [InlineData("1e300", "1E+300")]
    [InlineData("1e-300", "1E-300")]
    [InlineData("1e999", null)]
    [InlineData("0x1", null)]
    [InlineData("1,000", null)]
    [InlineData("", null)]
    public void Numbers_keep_their_written_form(string written, string? plain) => Assert.Equal(plain, Numbers.Float(written));

    private static void Refuses(string text, bool isJson, int line, string reason)
    {
        var problem = Assert.Single(TemplateReader.Read(text, isJson).Problems);

        Assert.Equal(line, problem.Line);
        Assert.Contains(reason, problem.Reason);
    }
}
