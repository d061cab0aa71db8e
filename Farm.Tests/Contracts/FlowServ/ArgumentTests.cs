namespace Farm.Tests.Contracts.FlowServ;

/// <summary>Contracts/FlowServ/Contract.md sections 5 and 6.3: what arguments are taken, what commands become of them, and the exact words of refusals.</summary>
public sealed class ArgumentTests : IAsyncLifetime
{
    private FlowServFarm _farm = null!;
    private string _token = "";

    public async Task InitializeAsync()
    {
        _farm = await FlowServFarm.StartAsync();
        _token = (await _farm.PersonAsync("alice")).Token;
    }

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Theory]
    [InlineData("dtype: string", "5", "5")]
    [InlineData("dtype: string", "5.0", "5.0")]
    [InlineData("dtype: string", "1e16", "1e+16")]
    [InlineData("dtype: string", "null", "None")]
    [InlineData("dtype: string", "true", "True")]
    [InlineData("dtype: string", """["a","b's",1,null]""", """['a', "b's", 1, None]""")]
    [InlineData("dtype: string", """{"a":{"b":false}}""", "{'a': {'b': False}}")]
    [InlineData("dtype: int", "5.7", "5")]
    [InlineData("dtype: int", "-5.7", "-5")]
    [InlineData("dtype: int", "\" 12 \"", "12")]
    [InlineData("dtype: int", "\"-inf\"", "-inf")]
    [InlineData("dtype: int", "123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("dtype: float", "2", "2.0")]
    [InlineData("dtype: float", "\"1e3\"", "1000.0")]
    [InlineData("dtype: float", "\"inf\"", "inf")]
    [InlineData("dtype: bool", "\"T\"", "True")]
    [InlineData("dtype: bool", "\"\"", "False")]
    [InlineData("dtype: bool", "null", "False")]
    [InlineData("dtype: select, values: [{name: One, value: 1}, {name: Two, value: two}]", "1", "1")]
    [InlineData("dtype: list, para: {name: i, dtype: int}", """["1",2.5]""", "[1, 2]")]
    [InlineData("dtype: list, para: {name: i, dtype: string}", """["a"]""", "['a']")]
    [InlineData("dtype: record, fields: [{name: x, dtype: int}, {name: label, dtype: string, defaultValue: p}]", """[{"name":"x","value":"7"}]""", "{'x': 7, 'label': 'p'}")]
    [InlineData("dtype: int, range: \"[0,]\"", "\"inf\"", "inf")]
    public async Task A_value_is_formatted_as_in_Python(string declaration, string value, string text)
    {
        var group = await GroupAsync(TemplateText.With($"- {{name: p, {declaration}}}", "x ${p} y"));
        await _farm.StartRunAsync(group, _token, $$"""[{"name":"p","value":{{value}}}]""");
        Assert.Equal([$"x {text} y"], RunWorker.Lines(await (await _farm.WorkerAsync()).TakeAsync()));
    }

    [Theory]
    [InlineData("dtype: int", "\"5.7\"", "no int '5.7'")]
    [InlineData("dtype: int", "null", "no int 'None'")]
    [InlineData("dtype: int", "[1]", "no int '[1]'")]
    [InlineData("dtype: float", "\"x\"", "no float 'x'")]
    [InlineData("dtype: bool", "\"yes\"", "not a Boolean 'yes'")]
    [InlineData("dtype: bool", "2", "not a Boolean '2'")]
    [InlineData("dtype: select, values: [{name: One, value: 1}]", "\"1\"", "unknown value '1'")]
    [InlineData("dtype: list, para: {name: i, dtype: int}", "5", "invalid argument type")]
    [InlineData("dtype: list, para: {name: i, dtype: int}", "[\"x\"]", "no int 'x'")]
    [InlineData("dtype: record, fields: [{name: x, dtype: int}]", "{}", "invalid argument type")]
    [InlineData("dtype: record, fields: [{name: x, dtype: int}]", """[{"name":"y","value":1}]""", "unknown argument 'y'")]
    [InlineData("dtype: record, fields: [{name: x, dtype: int}]", "[]", "missing field 'x'")]
    [InlineData("dtype: float, range: \"[0,300]\"", "301", "301.0 not in [0.0,300.0]")]
    [InlineData("dtype: int, range: \"(0,10]\"", "11", "11 not in (0.0,10.0]")]
    [InlineData("dtype: int, range: \"(0,10]\"", "0", "0 not in (0.0,10.0]")]
    [InlineData("dtype: float, range: \"[0,)\"", "-1", "-1.0 not in [0.0,inf)")]
    [InlineData("dtype: file, target: x", "\"x\"", "invalid argument type")]
    [InlineData("dtype: string", """{"type":"$file","value":{"fileId":"x"}}""", "invalid argument type")]
    [InlineData("dtype: actor", "{}", "the step 'p' cannot be set by an argument")]
    public async Task An_invalid_value_is_rejected_with_the_contracts_message(string declaration, string value, string message)
    {
        var group = await GroupAsync(TemplateText.With($"- {{name: p, {declaration}}}", "x ${p}"));
        Assert.Equal((400, message), (await _farm.SayAsync("POST", $"groups/{group}/runs", _token, $$"""{"arguments":[{"name":"p","value":{{value}}}]}""")).Error);
    }

    [Theory]
    [InlineData("""[{"name":"q","value":1}]""", "unknown parameter 'q'")]
    [InlineData("""[{"name":"p","value":1},{"name":"p","value":1}]""", "non-unique run argument 'p'")]
    [InlineData("""[]""", "missing argument for 'p'")]
    [InlineData("""[{"name":"p","value":"x"},{"name":"q","value":1}]""", "no int 'x'")]
    public async Task Arguments_are_checked_in_the_order_of_the_request(string arguments, string message)
    {
        var group = await GroupAsync(TemplateText.With("- {name: p, dtype: int}", "x"));
        Assert.Equal((400, message), (await _farm.SayAsync("POST", $"groups/{group}/runs", _token, $$"""{"arguments":{{arguments}}}""")).Error);
    }

    [Theory]
    [InlineData("""{"fileId":"0123456789abcdef0123456789abcdef"}""", 404, "unknown file '0123456789abcdef0123456789abcdef'")]
    [InlineData("""{"fileId":"UPLOAD"}""", 400, "missing target path")]
    [InlineData("""{"fileId":"UPLOAD","targetPath":"../x"}""", 400, "the target of 'p' must be a file below the run folder, not '../x'")]
    [InlineData("""{"fileId":"UPLOAD","targetPath":"/etc/x"}""", 400, "the target of 'p' must be a file below the run folder, not '/etc/x'")]
    [InlineData("""{"fileId":"UPLOAD","more":1}""", 400, "invalid argument type")]
    [InlineData("""{"targetPath":"x"}""", 400, "invalid argument type")]
    public async Task A_file_needs_an_upload_of_the_group_and_a_target_in_the_run_folder(string file, int status, string message)
    {
        var group = await GroupAsync(TemplateText.With("- {name: p, dtype: file}", "x ${p}"));
        var upload = await _farm.UploadAsync(group, _token);
        var arguments = $$$"""[{"name":"p","value":{"type":"$file","value":{{{file.Replace("UPLOAD", upload)}}} }}]""";
        Assert.Equal((status, message), (await _farm.SayAsync("POST", $"groups/{group}/runs", _token, $$"""{"arguments":{{arguments}}}""")).Error);
    }

    [Theory]
    [InlineData("echo ${nosuch} $HOME $$HOME", "echo nosuch HOME $HOME")]
    [InlineData("  ${python} a.py $java  ", "<python> a.py <java>")]
    [InlineData("cat {jobs}/{a,b}", "cat {jobs}/{a,b}")]
    public async Task Names_that_are_not_parameters_are_left_unchanged(string command, string line)
    {
        await _farm.StartRunAsync(await GroupAsync(TemplateText.With("- {name: p, dtype: int, defaultValue: 1}", command)), _token);
        Assert.Equal([line], RunWorker.Lines(await (await _farm.WorkerAsync()).TakeAsync()));
    }

    [Theory]
    [InlineData("echo $(date)")]
    [InlineData("echo $1")]
    [InlineData("echo $[[p]]")]
    [InlineData("echo ${1}")]
    [InlineData("echo $")]
    public async Task A_command_that_cannot_be_expanded_starts_no_run(string command)
    {
        var group = await GroupAsync(TemplateText.With("- {name: p, dtype: int, defaultValue: 1}", command));
        Assert.Equal(400, (await _farm.SayAsync("POST", $"groups/{group}/runs", _token, "{}")).Status);
        Assert.Empty((await _farm.DoAsync(200, "GET", $"groups/{group}/runs", _token))["runs"]!.AsArray());
    }

    [Theory]
    [InlineData("true", "[yes]")]
    [InlineData("\"TRUE\"", "[yes]")]
    [InlineData("false", "[no]")]
    [InlineData("\"1\"", "[no]")]
    public async Task A_choice_is_matched_by_text(string value, string text)
    {
        var group = await GroupAsync("""
            workflow: {parameters: {c: "$[[p ? yes : no]]"}, steps: [{name: a, action: {environment: x, commands: ['[$c]']}}]}
            parameters: [{name: p, dtype: string}]
            """);
        await _farm.StartRunAsync(group, _token, $$"""[{"name":"p","value":{{value}}}]""");
        Assert.Equal([text], RunWorker.Lines(await (await _farm.WorkerAsync()).TakeAsync()));
    }

    [Fact]
    public async Task A_step_with_an_unset_actor_is_skipped_unless_it_has_a_default()
    {
        var group = await GroupAsync("""
            workflow:
              steps:
              - {name: one, action: "$[[absent]]"}
              - {name: two, action: "$[[there]]"}
            parameters:
            - {name: absent, dtype: actor, isRequired: false}
            - {name: there, dtype: actor, defaultValue: {environment: x, commands: [echo two]}}
            """);
        await _farm.StartRunAsync(group, _token);
        Assert.Equal(["echo two"], RunWorker.Lines(await (await _farm.WorkerAsync()).TakeAsync()));
    }

    private async Task<string> GroupAsync(string template) => await _farm.GroupAsync(await _farm.InstallAsync(Projects.Of(template)), _token);
}
