using Farm.Server.JobTypes;

namespace Farm.Tests.JobTypes.OpenJobDescription.Compiling;

/// <summary>Parameters as settings of a job type, and their submitted values.</summary>
public sealed class ParameterTests
{
    [Theory]
    [InlineData("{name: A, type: STRING}", """{"key":"A","type":"string","required":true}""")]
    [InlineData("{name: A, type: STRING, default: x, description: D, maxLength: 5, userInterface: {label: L, groupLabel: G}}",
        """{"key":"A","type":"string","propargs":{"maxlen":5},"description":"D","label":"L","default":"x"}""")]
    [InlineData("{name: A, type: STRING, allowedValues: [x, y], default: y}", """{"key":"A","type":"string","choices":["x","y"],"default":"y"}""")]
    [InlineData("{name: A, type: STRING, allowedValues: ['No', 'Yes'], default: 'No', userInterface: {control: CHECK_BOX}}", """{"key":"A","type":"bool","default":false}""")]
    [InlineData("{name: A, type: STRING, default: x, userInterface: {control: HIDDEN}}", """{"key":"A","type":"string","default":"x","visible":"hidden"}""")]
    [InlineData("{name: A, type: PATH, default: /x}", """{"key":"A","type":"string","subtype":"dir_path","default":"/x"}""")]
    [InlineData("{name: A, type: PATH, objectType: FILE, default: /x}", """{"key":"A","type":"string","subtype":"file_path","default":"/x"}""")]
    [InlineData("{name: A, type: PATH, allowedValues: [/x], default: /x}", """{"key":"A","type":"string","choices":["/x"],"default":"/x"}""")]
    [InlineData("{name: A, type: INT, default: 5, minValue: 1, maxValue: 9, userInterface: {singleStepDelta: 2}}",
        """{"key":"A","type":"int32","propargs":{"min":1,"max":9,"step":2},"default":5}""")]
    [InlineData("{name: A, type: INT, allowedValues: [24, 25], default: 25}", """{"key":"A","type":"string","choices":["24","25"],"default":"25"}""")]
    [InlineData("{name: A, type: INT, default: 3000000000}", """{"key":"A","type":"string","default":"3000000000"}""")]
    [InlineData("{name: A, type: FLOAT, default: 1.50, minValue: 0.5, userInterface: {decimals: 2, singleStepDelta: 0.25}}",
        """{"key":"A","type":"float","propargs":{"min":0.5,"step":25,"precision":2},"default":1.5}""")]
    public void A_parameter_becomes_a_setting(string parameter, string setting)
    {
        var info = Templates.Type(Templates.Around("parameter", parameter)).Info;

        Assert.Equal(setting, JobTypeJson.Write(info)["settings"]![0]!.ToJsonString());
    }

    [Theory]
    [InlineData("{name: A, type: STRING}", """{"A":"x"}""", """{"A":"x"}""")]
    [InlineData("{name: A, type: STRING}", """{"A":""}""", """{"A":""}""")]
    [InlineData("{name: A, type: STRING}", """{"A":12}""", """{"A":"12"}""")]
    [InlineData("{name: A, type: STRING, default: d}", "{}", """{"A":"d"}""")]
    [InlineData("{name: A, type: STRING, default: d}", """{"A":null}""", """{"A":"d"}""")]
    [InlineData("{name: A, type: STRING, allowedValues: ['No', 'Yes'], userInterface: {control: CHECK_BOX}}", """{"A":true}""", """{"A":"Yes"}""")]
    [InlineData("{name: A, type: STRING, allowedValues: ['No', 'Yes'], userInterface: {control: CHECK_BOX}}", """{"A":"No"}""", """{"A":"No"}""")]
    [InlineData("{name: A, type: INT}", """{"A":5}""", """{"A":5}""")]
    [InlineData("{name: A, type: INT}", """{"A":5.0}""", """{"A":5}""")]
    [InlineData("{name: A, type: INT}", """{"A":"-5"}""", """{"A":-5}""")]
    [InlineData("{name: A, type: INT, allowedValues: [24, 25]}", """{"A":"24"}""", """{"A":24}""")]
    [InlineData("{name: A, type: FLOAT}", """{"A":1.50}""", """{"A":1.50}""")]
    [InlineData("{name: A, type: FLOAT}", """{"A":"1e300"}""", """{"A":1e300}""")]
    [InlineData("{name: A, type: FLOAT, allowedValues: [1.50]}", """{"A":1.5}""", """{"A":1.50}""")]
    public void A_value_is_converted_to_the_type_of_its_parameter(string parameter, string submitted, string taken) =>
        Assert.Equal(taken, Templates.Compile(Templates.Around("parameter", parameter), submitted).Settings.Text);

    [Theory]
    [InlineData("{name: A, type: STRING, description: The shot.}", "{}", "Setting \"A\" is missing: The shot.")]
    [InlineData("{name: A, type: STRING}", """{"A":"x","B":1}""", "Setting \"B\" is no parameter of this template.")]
    [InlineData("{name: A, type: STRING}", """{"A":["x"]}""", "Setting \"A\" must be a text or a number.")]
    [InlineData("{name: A, type: STRING, minLength: 2}", """{"A":"x"}""", "Setting \"A\" has 1 characters; the fewest are 2.")]
    [InlineData("{name: A, type: STRING, maxLength: 2}", """{"A":"x😀y"}""", "Setting \"A\" has 3 characters; the most are 2.")]
    [InlineData("{name: A, type: STRING, allowedValues: [x]}", """{"A":"X"}""", "Setting \"A\" must be one of \"x\", but is \"X\".")]
    [InlineData("{name: A, type: INT}", """{"A":5.5}""", "Setting \"A\" must be a whole number, but is \"5.5\".")]
    [InlineData("{name: A, type: INT}", """{"A":""}""", "Setting \"A\" must be a whole number, but is \"\".")]
    [InlineData("{name: A, type: INT}", """{"A":true}""", "Setting \"A\" must be a whole number, but is \"true\".")]
    [InlineData("{name: A, type: INT, minValue: 5}", """{"A":4}""", "Setting \"A\" must be at least 5, but is 4.")]
    [InlineData("{name: A, type: FLOAT, maxValue: 0.5}", """{"A":0.6}""", "Setting \"A\" must be at most 0.5, but is 0.6.")]
    [InlineData("{name: A, type: FLOAT}", """{"A":"nan"}""", "Setting \"A\" must be a number, but is \"nan\".")]
    public void An_invalid_value_is_rejected(string parameter, string submitted, string because) =>
        Assert.Equal(because, Templates.Error(Templates.Around("parameter", parameter), submitted));

    [Fact]
    public void All_invalid_settings_are_reported_at_once_by_key()
    {
        var type = Templates.Type(Templates.Around("parameter", "{name: A, type: INT}, {name: B, type: INT, maxValue: 3}, {name: C, type: INT}"));

        var refused = Assert.Throws<JobCompilationException>(() => type.Compile(Templates.Submission("""{"B":4,"C":1}""")));

        Assert.Equal(["A", "B"], refused.Settings.Keys);
    }

    [Fact]
    public void The_etag_changes_only_with_the_content()
    {
        var text = Templates.Around("parameter", "{name: A, type: INT}");

        Assert.Equal(Templates.Type(text).Info.Etag, Templates.Type(text).Info.Etag);
        Assert.NotEqual(Templates.Type(text).Info.Etag, Templates.Type(text.Replace("command: run", "command: walk")).Info.Etag);
    }
}
