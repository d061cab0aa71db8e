using System.Text.Json.Nodes;

namespace Farm.Tests.Contracts.FlowServ;

/// <summary>Contracts/FlowServ/Contract.md section 4.3.</summary>
public sealed class GroupTests : FlowServTest
{
    [Fact]
    public async Task The_creator_of_a_group_is_a_member()
    {
        var group = await CreateAsync($$"""{"name":"both","members":["{{BobId}}","{{AliceId}}","{{BobId}}"]}""");
        Assert.Equal(["alice", "bob"], group["members"]!.AsArray().Select(member => (string)member!["username"]!));
        Assert.Equal(200, (await Farm.SayAsync("GET", $"groups/{group["id"]}/runs", Bob)).Status);
    }

    [Fact]
    public async Task A_group_can_have_its_own_id_config_and_parameters()
    {
        var group = await CreateAsync("""
            {"name":"own","id":"my_group1","config":{"a":[1.0]},"parameters":[{"dtype":"string","name":"greeting","defaultValue":"Hi"},{"dtype":"file","name":"names","defaultValue":"data/names.txt"},{"dtype":"int","name":"pause"}]}
            """);
        Assert.Equal(("my_group1", """{"a":[1.0]}"""), ((string)group["id"]!, group["config"]!.ToJsonString()));
        Assert.Equal(["greeting", "names", "pause"], group["parameters"]!.AsArray().Select(parameter => (string)parameter!["name"]!));
        Assert.Equal((400, "missing argument for 'pause'"), (await Farm.SayAsync("POST", "groups/my_group1/runs", Alice, "{}")).Error);
        await Farm.StartRunAsync("my_group1", Alice, """[{"name":"pause","value":5.7}]""");
        Assert.Equal(["<python> code/greet.py \"data/names.txt\" --pause 5 --greeting Hi ${HOME}"], RunWorker.Lines(await (await Farm.WorkerAsync()).TakeAsync()));
    }

    [Fact]
    public async Task A_config_that_is_not_set_is_null() =>
        Assert.Contains("\"config\":null", (await Farm.SayAsync("GET", $"groups/{GroupId}", Alice)).Text);

    [Theory]
    [InlineData("""{"name":"testers"}""", "group 'testers' exists")]
    [InlineData("""{"name":""}""", "invalid name")]
    [InlineData("""{"name":"x","members":["nobody"]}""", "unknown user 'nobody'")]
    [InlineData("""{"name":"x","id":"no-good"}""", "invalid identifier 'no-good'")]
    [InlineData("""{"name":"x","id":""}""", "invalid identifier ''")]
    [InlineData("""{"name":"x","parameters":[{"dtype":"enum","name":"a"}]}""", "parameter 'a' has an unknown dtype 'enum'")]
    [InlineData("""{"name":"x","parameters":[{"dtype":"int","name":"a","description":"b"}]}""", "parameter 'a' has an unknown element 'description'")]
    public async Task An_invalid_group_is_rejected_and_not_created(string body, string message)
    {
        Assert.Equal((400, message), (await Farm.SayAsync("POST", $"workflows/{Workflow}/groups", Alice, body)).Error);
        Assert.Single((await Farm.DoAsync(200, "GET", "groups", Alice))["groups"]!.AsArray());
    }

    [Theory]
    [InlineData("""{"members":[]}""")]
    [InlineData("""{"name":"x","members":"alice"}""")]
    [InlineData("""{"name":"x","members":[5]}""")]
    [InlineData("""{"name":"x","config":[]}""")]
    [InlineData("""{"name":"x","parameters":{}}""")]
    [InlineData("""{"name":"x","engine":"y"}""")]
    public async Task A_malformed_body_is_rejected(string body) =>
        Assert.Equal(400, (await Farm.SayAsync("POST", $"workflows/{Workflow}/groups", Alice, body)).Status);

    [Fact]
    public async Task A_name_has_at_most_512_characters_and_ids_are_unique()
    {
        await CreateAsync($$"""{"name":"{{new string('x', 512)}}","id":"taken"}""");
        Assert.Equal((400, "invalid name"), (await Farm.SayAsync("POST", $"workflows/{Workflow}/groups", Alice, $$"""{"name":"{{new string('x', 513)}}"}""")).Error);
        Assert.Equal((400, "group 'taken' exists"), (await Farm.SayAsync("POST", $"workflows/{Workflow}/groups", Alice, """{"name":"y","id":"taken"}""")).Error);
    }

    [Fact]
    public async Task Only_the_callers_groups_are_listed()
    {
        var other = await Farm.InstallAsync(Projects.Of(TemplateText.OneStep));
        await Farm.GroupAsync(other, Alice, "others");
        await Farm.GroupAsync(Workflow, Bob, "bobs");
        Assert.Equal(["testers", "others"], await NamesAsync("groups"));
        Assert.Equal(["testers"], await NamesAsync($"workflows/{Workflow}/groups"));
        Assert.Equal((404, "unknown workflow 'nope'"), (await Farm.SayAsync("GET", "workflows/nope/groups", Alice)).Error);
        Assert.Equal((403, "not logged in"), (await Farm.SayAsync("GET", "groups")).Error);

        async Task<string[]> NamesAsync(string path) => [.. (await Farm.DoAsync(200, "GET", path, Alice))["groups"]!.AsArray().Select(group => (string)group!["name"]!)];
    }

    [Fact]
    public async Task Reading_a_group_needs_any_token()
    {
        await StartedAsync();
        Assert.Single((await Farm.DoAsync(200, "GET", $"groups/{GroupId}", Bob))["runs"]!.AsArray());
        Assert.Equal((403, "not logged in"), (await Farm.SayAsync("GET", $"groups/{GroupId}")).Error);
        Assert.Equal((403, "not authorized"), (await Farm.SayAsync("GET", $"groups/{GroupId}", "invalid")).Error);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    public async Task Name_and_members_are_changed_with_either_method(string method)
    {
        var group = await Farm.DoAsync(200, method, $"groups/{GroupId}", Alice, $$"""{"name":"renamed","members":["{{BobId}}"]}""");
        Assert.Equal(("renamed", "bob"), ((string)group["name"]!, (string)group["members"]!.AsArray().Single()!["username"]!));
        Assert.False(group.AsObject().ContainsKey("runs"));
        Assert.Equal(403, (await Farm.SayAsync(method, $"groups/{GroupId}", Alice, "{}")).Status);
        Assert.Equal("renamed", (string)(await Farm.DoAsync(200, method, $"groups/{GroupId}", Bob, "{}"))["name"]!);
    }

    [Fact]
    public async Task A_rejected_update_changes_nothing()
    {
        await Farm.GroupAsync(Workflow, Alice, "taken");
        Assert.Equal((404, "unknown user 'nobody'"), (await Farm.SayAsync("PUT", $"groups/{GroupId}", Alice, """{"name":"x","members":["nobody"]}""")).Error);
        Assert.Equal((400, "group 'taken' exists"), (await Farm.SayAsync("PUT", $"groups/{GroupId}", Alice, """{"name":"taken"}""")).Error);
        Assert.Equal((400, "invalid name"), (await Farm.SayAsync("PUT", $"groups/{GroupId}", Alice, """{"name":" "}""")).Error);
        Assert.Equal(400, (await Farm.SayAsync("PUT", $"groups/{GroupId}", Alice, """{"config":{}}""")).Status);
        Assert.Equal("testers", (string)(await Farm.DoAsync(200, "PUT", $"groups/{GroupId}", Alice, """{"name":"testers"}"""))["name"]!);
    }

    [Fact]
    public async Task Deleting_a_group_deletes_its_uploads_and_cancels_and_deletes_its_runs()
    {
        var upload = await Farm.UploadAsync(GroupId, Alice);
        var run = await StartedAsync();
        var worker = await Farm.WorkerAsync();
        var task = await worker.TakeAsync();
        var said = await Farm.SayAsync("DELETE", $"groups/{GroupId}", Alice);
        Assert.Equal((204, ""), (said.Status, said.Text));
        Assert.Equal((404, $"unknown group '{GroupId}'"), (await Farm.SayAsync("GET", $"groups/{GroupId}", Alice)).Error);
        Assert.Equal((404, $"unknown run '{run}'"), (await Farm.SayAsync("GET", $"runs/{run}", Alice)).Error);
        Assert.Equal(404, (await Farm.SayAsync("GET", $"uploads/{GroupId}/files/{upload}")).Status);
        using var mayRun = await worker.Client.GetAsync($"task/{task["uuid"]}/may-i-run");
        Assert.True((int)mayRun.StatusCode == 404 || !(bool)JsonNode.Parse(await mayRun.Content.ReadAsStringAsync())!["mayKeepRunning"]!);
    }

    private Task<JsonNode> CreateAsync(string body) => Farm.DoAsync(201, "POST", $"workflows/{Workflow}/groups", Alice, body);

    /// <summary>A member could otherwise run any command through a group of his own.</summary>
    [Theory]
    [InlineData("""[{"name":"options","dtype":"string","defaultValue":"; id"}]""")]
    [InlineData("""[{"name":"step","dtype":"actor","defaultValue":{"environment":"x","commands":["id"]}}]""")]
    [InlineData("""[{"name":"other","dtype":"actor","defaultValue":{"environment":"x","commands":["id"]}}]""")]
    [InlineData("""[{"name":"step","dtype":"string","defaultValue":"id"}]""")]
    public async Task A_group_cannot_declare_what_runs_as_a_command(string declarations)
    {
        var workflow = await Farm.InstallAsync(Projects.Of("""
            workflow:
              parameters: {options: "$[[options]]"}
              farm_raw: [options]
              steps:
              - {name: one, action: {environment: x, commands: ["ls $options"]}}
              - {name: two, action: "$[[step]]"}
            parameters:
            - {name: options, dtype: select, values: [{name: Short, value: -1, isDefault: true}, {name: Long, value: -l -a}]}
            - {name: step, dtype: actor, defaultValue: {environment: x, commands: [echo two]}}
            """, "Raw"));
        var refused = await Farm.SayAsync("POST", $"workflows/{workflow}/groups", Alice, $$"""{"name":"mine","parameters":{{declarations}}}""");
        Assert.Equal(400, refused.Status);
        Assert.Contains("runs as a command", refused.Error.Item2);
        var group = await Farm.GroupAsync(workflow, Alice, "plain");
        await Farm.StartRunAsync(group, Alice, """[{"name":"options","value":"-l -a"}]""");
        Assert.Equal(["ls -l -a", "echo two"], RunWorker.Lines(await (await Farm.WorkerAsync()).TakeAsync()));
    }
}
