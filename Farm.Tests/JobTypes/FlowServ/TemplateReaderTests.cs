using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Plans;
using Farm.Server.JobTypes.FlowServ.Templates;
using Farm.Server.JobTypes.FlowServ.Values;
using Farm.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Farm.Tests.JobTypes.FlowServ;

/// <summary>Contracts/FlowServ/Contract.md sections 5.1 and 6.2 to 6.5.</summary>
public sealed class TemplateReaderTests
{
    [Theory]
    [InlineData("{name: a}", "has no 'dtype'")]
    [InlineData("{dtype: numeric, name: a}", "unknown dtype 'numeric'")]
    [InlineData("{dtype: int}", "has no 'name'")]
    [InlineData("{dtype: int, name: a, as: b}", "unknown element 'as'")]
    [InlineData("{dtype: int, name: a, module: b}", "unknown element 'module'")]
    [InlineData("{dtype: string, name: a, range: \"[0,1]\"}", "unknown element 'range'")]
    [InlineData("{dtype: int, name: a, range: \"0-1\"}", "no valid range '0-1'")]
    [InlineData("{dtype: int, name: a, range: \"[2,1]\"}", "no valid range '[2,1]'")]
    [InlineData("{dtype: int, name: a, index: x}", "'index' of parameter 'a' must be a whole number")]
    [InlineData("{dtype: int, name: a, isRequired: 1}", "'isRequired' of parameter 'a' must be true or false")]
    [InlineData("{dtype: select, name: a}", "has no 'values'")]
    [InlineData("{dtype: select, name: a, values: [{name: x}]}", "has no 'value'")]
    [InlineData("{dtype: file, name: a, target: ../x}", "below the run folder")]
    [InlineData("{dtype: list, name: a}", "has no 'para'")]
    [InlineData("{dtype: record, name: a, fields: [{dtype: int, name: x}, {dtype: int, name: x}]}", "two parameters 'x'")]
    public void An_invalid_declaration_is_rejected_with_a_reason(string declaration, string reason) =>
        Refused($"workflow: {{}}\nparameters: [{declaration}]", reason);

    [Theory]
    [InlineData("workflow: {}\nparameters: [{dtype: int, name: a}, {dtype: int, name: a}]", "two parameters 'a'")]
    [InlineData("workflow: {}\nparameterGroups: [{name: a, title: b}]", "has no 'index'")]
    [InlineData("workflow: {}\noutputs: [{source: a}, {source: ./a}]", "the output 'a' is declared twice")]
    [InlineData("workflow: {}\noutputs: [{source: a, mime: b}]", "unknown element 'mime'")]
    [InlineData("workflow: {files: {outputs: [a/]}}", "below the run folder")]
    [InlineData("workflow: {files: {output: [a]}}", "unknown element 'output'")]
    [InlineData("workflow: {parameters: [a]}", "must be a mapping")]
    [InlineData("workflow: {steps: [{action: {environment: a, commands: []}}]}", "step 1 has no 'name'")]
    [InlineData("workflow: {steps: [{name: a}]}", "step 'a' has no 'action'")]
    [InlineData("workflow: {steps: [{name: a, action: ls}]}", "must be a mapping or a placeholder")]
    [InlineData("workflow: {steps: [{name: a, action: {commands: []}}]}", "has no 'environment'")]
    [InlineData("workflow: {steps: [{name: a, action: {environment: x}}]}", "has no 'commands'")]
    [InlineData("workflow: {steps: [{name: a, action: {environment: x, commands: ls}}]}", "must be a list")]
    [InlineData("workflow: {steps: [{name: a, action: \"$[[p]]\"}]}\nparameters: [{dtype: int, name: p}]", "which is no actor")]
    [InlineData("workflow: {files: {inputs: [\"$[[p]]\"]}}", "a parameter 'p' that it does not declare")]
    [InlineData("workflow: {}\nresults: {file: a}", "has no 'schema'")]
    [InlineData("workflow: {}\nresults: {file: a, schema: [{name: x, label: X, dtype: bool}]}", "unknown dtype 'bool'")]
    [InlineData("workflow: {}\nresults: {file: a, schema: [{name: x, label: X, dtype: int}], orderBy: [{name: y}]}", "unknown column 'y'")]
    [InlineData("workflow: {}\npostproc: {}", "has no 'workflow'")]
    [InlineData("[]", "must be a mapping")]
    public void An_invalid_template_is_rejected_with_a_reason(string yaml, string reason) => Refused(yaml, reason);

    [Fact]
    public void Post_processing_is_accepted_and_ignored() => Assert.Empty(Read("workflow: {}\npostproc: {workflow: {steps: []}, inputs: {files: [a]}}").Steps);

    [Fact]
    public void Template_outputs_replace_those_of_the_workflow()
    {
        Assert.Equal(["a", "b"], Sources("workflow: {files: {outputs: [a, b]}}"));
        Assert.Equal(["c"], Sources("workflow: {files: {outputs: [a, b]}}\noutputs: [{source: c}]"));
    }

    [Theory]
    [InlineData("{dtype: int, name: a, range: '[0,300]'}", """{"dtype":"int","name":"a","index":0,"isRequired":true,"range":"[0.0,300.0]"}""")]
    [InlineData("{dtype: float, name: a, range: '(,]', defaultValue: 1}", """{"dtype":"float","name":"a","index":0,"isRequired":false,"defaultValue":1,"range":"(-inf,inf]"}""")]
    [InlineData("{dtype: file, name: a}", """{"dtype":"file","name":"a","index":0,"isRequired":true,"target":null}""")]
    [InlineData("{dtype: bool, name: a, index: 7, isRequired: false, label: A, help: H, group: G}", """{"dtype":"bool","name":"a","index":7,"isRequired":false,"label":"A","help":"H","group":"G"}""")]
    [InlineData("{dtype: select, name: a, values: [{name: x, value: 1.0, isDefault: true}]}", """{"dtype":"select","name":"a","index":0,"isRequired":true,"values":[{"name":"x","value":1.0,"isDefault":true}]}""")]
    [InlineData("{dtype: list, name: a, para: {dtype: int, name: i}}", """{"dtype":"list","name":"a","index":0,"isRequired":true,"para":{"dtype":"int","name":"i","index":0,"isRequired":true}}""")]
    [InlineData("{dtype: record, name: a, fields: [{dtype: int, name: i}]}", """{"dtype":"record","name":"a","index":0,"isRequired":true,"fields":[{"dtype":"int","name":"i","index":0,"isRequired":true}]}""")]
    public void A_declaration_is_written_as_in_the_contract_and_round_trips(string yaml, string json)
    {
        var shown = ParameterReader.Write(Read($"workflow: {{}}\nparameters: [{yaml}]").Parameters.Single());
        Assert.Equal(json, JsonValues.Write(shown));
        Assert.Equal(shown, ParameterReader.Write(ParameterReader.Read([shown]).Single()));
    }

    [Fact]
    public void A_command_without_dollar_signs_is_only_trimmed() => Rule.HoldsFor(
        ArbMap.Default.GeneratorFor<NonNull<string>>().Where(text => !text.Get.Contains('$')),
        text => Assert.Equal(text.Get.Trim(), string.Concat(CommandText.Expand(text.Get, new Dictionary<string, CommandVariable>()).Select(Text))));

    [Fact]
    public void A_double_dollar_is_an_escaped_dollar_and_values_are_not_expanded_again() => Rule.HoldsFor(
        Gen.Elements("a$b", "$x", "${x}", "$$", "plain"),
        value =>
        {
            var variables = new Dictionary<string, CommandVariable> { ["x"] = new(value, IsValue: false) };
            Assert.Equal(value, Text(CommandText.Expand("${x}", variables).Single()));
            Assert.Equal(value, Text(CommandText.Expand(value.Replace("$", "$$"), variables).Single()));
        });

    private static string Text(CommandPart part) => Assert.IsType<CommandPart.Text>(part).Value;

    private static string[] Sources(string yaml) => [.. Read(yaml).Outputs.Select(output => output.Source)];

    private static void Refused(string yaml, string reason) => Assert.Contains(reason, Assert.Throws<FarmException>(() => Read(yaml)).Message);

    private static WorkflowTemplate Read(string yaml) => TemplateReader.Read(YamlValues.Parse(yaml, "workflow.yaml"));
}
