using System.Text.Json.Nodes;

namespace Farm.Tests.Contracts.FlowServ;

/// <summary>Contracts/FlowServ/Contract.md sections 4.2 and 6.1: workflows as clients see them, their leaderboards, and how they are installed.</summary>
public sealed class WorkflowTests : FlowServTest
{
    [Fact]
    public async Task Workflows_are_public_and_omit_unset_properties()
    {
        await Farm.InstallAsync(Projects.Of(TemplateText.OneStep));
        var workflows = (await Farm.DoAsync(200, "GET", "workflows", "invalid"))["workflows"]!.AsArray();
        Assert.Equal(["id", "name", "description", "instructions"], workflows[0]!.AsObject().Select(entry => entry.Key));
        Assert.Equal(["id", "name"], workflows[1]!.AsObject().Select(entry => entry.Key));
        Assert.Equal("Upload names. One a line.", (string)workflows[0]!["instructions"]!);
        Assert.Equal((404, "unknown workflow 'nope'"), (await Farm.SayAsync("GET", "workflows/nope")).Error);
    }

    [Fact]
    public async Task A_valid_token_adds_the_callers_groups()
    {
        Assert.Equal(GroupId, (string)(await Farm.DoAsync(200, "GET", $"workflows/{Workflow}", Alice))["groups"]!.AsArray().Single()!["id"]!);
        Assert.Empty((await Farm.DoAsync(200, "GET", $"workflows/{Workflow}", Bob))["groups"]!.AsArray());
        Assert.False((await Farm.DoAsync(200, "GET", $"workflows/{Workflow}", "invalid")).AsObject().ContainsKey("groups"));
    }

    [Fact]
    public async Task A_workflow_without_parameters_has_an_empty_list_and_no_groups_of_them()
    {
        var workflow = await Farm.DoAsync(200, "GET", $"workflows/{await Farm.InstallAsync(Projects.Of(TemplateText.OneStep))}");
        Assert.Equal("[]", workflow["parameters"]!.ToJsonString());
        Assert.False(workflow.AsObject().ContainsKey("parameterGroups"));
    }

    [Fact]
    public async Task A_taken_name_gets_a_number()
    {
        var second = await Farm.InstallAsync();
        Assert.Equal("hello_world", Workflow);
        Assert.Equal("hello_world_1", second);
        Assert.Equal("Hello World (1)", (string)(await Farm.DoAsync(200, "GET", $"workflows/{second}"))["name"]!);
    }

    [Fact]
    public async Task An_id_can_be_chosen_once()
    {
        Assert.Equal("mine", (string)(await Farm.TryInstallAsync(Projects.HelloWorld, "?id=mine")).Json["id"]!);
        Assert.Equal(409, (await Farm.TryInstallAsync(Projects.HelloWorld, "?id=mine")).Status);
        Assert.Equal(400, (await Farm.TryInstallAsync(Projects.HelloWorld, "?id=not-mine")).Status);
    }

    [Fact]
    public async Task Without_a_files_list_every_run_has_the_whole_folder()
    {
        var workflow = await Farm.InstallAsync(new Dictionary<string, string>
        {
            ["flowserv.yml"] = "name: All\nspecfile: workflow.json",
            ["workflow.json"] = """{"workflow": {"steps": [{"name": "a", "action": {"environment": "x", "commands": ["ls"]}}]}}""",
            ["data/a b.txt"] = "x",
        });
        await Farm.StartRunAsync(await Farm.GroupAsync(workflow, Alice), Alice);
        var task = await (await Farm.WorkerAsync()).TakeAsync();
        Assert.Equal(["data/a b.txt", "flowserv.yml", "workflow.json"], RunWorker.Plan(task)["files"]!.AsArray().Select(file => (string)file!["path"]!));
    }

    [Theory]
    [InlineData("wrapped/")]
    [InlineData("./")]
    public async Task An_archive_may_have_an_outer_folder(string below)
    {
        foreach (var archive in (byte[][])[Projects.Zipped(Projects.HelloWorld, below), Projects.Packed(Projects.HelloWorld, below)])
            Assert.Equal(201, (await Farm.TryInstallAsync(archive)).Status);
    }

    [Theory]
    [InlineData("workflow: {steps: [{name: a, action: {func: x}}]}", "step 'a' is a code step")]
    [InlineData("workflow: {steps: [{name: a, action: {notebook: x}}]}", "step 'a' is a notebook step")]
    [InlineData("workflow: {steps: [{name: a, action: {environment: x, commands: [ls], more: 1}}]}", "unknown element 'more'")]
    [InlineData("workflow: {version: 1}", "unknown element 'version'")]
    [InlineData("workflow: {}\nmodules: []", "unknown element 'modules'")]
    [InlineData("parameters: []", "no 'workflow'")]
    [InlineData("workflow: {parameters: {a: \"$[[b]]\"}}", "a parameter 'b' that it does not declare")]
    [InlineData("workflow: {files: {outputs: [../x]}}", "below the run folder")]
    [InlineData("workflow: [", "not valid YAML")]
    public async Task An_unusable_template_is_rejected_with_the_reason(string template, string reason)
    {
        var said = await Farm.TryInstallAsync(Projects.Of(template));
        Assert.Equal(400, said.Status);
        Assert.Contains(reason, (string)said.Json["error"]!);
        Assert.Single((await Farm.DoAsync(200, "GET", "workflows"))["workflows"]!.AsArray());
    }

    [Theory]
    [InlineData("flowserv.yaml", "name: x", "has no 'specfile'")]
    [InlineData("flowserv.yaml", "name: x\nspecfile: nope.yaml", "names 'nope.yaml', which is not in the project folder")]
    [InlineData("flowserv.yaml", "name: x\nspecfile: flowserv.yaml\nengine: y", "unknown element 'engine'")]
    [InlineData("other.yaml", "name: x", "has no flowserv.json, flowserv.yaml or flowserv.yml")]
    public async Task A_project_without_a_valid_manifest_is_rejected(string file, string text, string reason)
    {
        var said = await Farm.TryInstallAsync(new Dictionary<string, string> { [file] = text });
        Assert.Equal(400, said.Status);
        Assert.Contains(reason, (string)said.Json["error"]!);
    }

    [Fact]
    public async Task Anything_but_an_archive_is_rejected()
    {
        foreach (var archive in (byte[][])[[], [1, 2, 3], [0x50, 0x4B, 3, 4], Projects.Packed(Projects.HelloWorld)[..200]])
            Assert.Equal(400, (await Farm.TryInstallAsync(archive)).Status);
    }

    [Fact]
    public async Task A_file_outside_the_folder_is_rejected() =>
        Assert.Equal(400, (await Farm.TryInstallAsync(Projects.Zipped(new Dictionary<string, string>(Projects.HelloWorld) { ["../x"] = "" }))).Status);

    [Fact]
    public async Task Installing_needs_the_administrator()
    {
        using var answer = await Farm.Farm.Client.PostAsync("/api/farm/v1/workflows", new ByteArrayContent(Projects.Packed(Projects.HelloWorld)));
        Assert.Equal(401, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_workflow_with_groups_is_deleted_only_together_with_them()
    {
        var run = await StartedAsync();
        using (var refused = await Farm.Farm.AsAdministratorAsync(HttpMethod.Delete, $"/api/farm/v1/workflows/{Workflow}")) Assert.Equal(409, (int)refused.StatusCode);
        using (var removed = await Farm.Farm.AsAdministratorAsync(HttpMethod.Delete, $"/api/farm/v1/workflows/{Workflow}?groups=true")) Assert.Equal(204, (int)removed.StatusCode);
        Assert.Equal(404, (await Farm.SayAsync("GET", $"workflows/{Workflow}")).Status);
        Assert.Equal(404, (await Farm.SayAsync("GET", $"groups/{GroupId}", Alice)).Status);
        Assert.Equal(404, (await Farm.SayAsync("GET", $"runs/{run}", Alice)).Status);
    }

    [Fact]
    public async Task The_leaderboard_has_the_best_run_of_each_group_or_all()
    {
        var other = await Farm.GroupAsync(Workflow, Bob, "others");
        var worker = await Farm.WorkerAsync();
        foreach (var (group, token, score) in ((string, string, string)[])[(GroupId, Alice, "1"), (GroupId, Alice, "3.5"), (other, Bob, "2"), (other, Bob, "\"none\"")])
        {
            await Farm.StartRunAsync(group, token, Greeting);
            await worker.CompleteRunAsync(path => path.EndsWith("json", StringComparison.Ordinal) ? $"{{\"score\": {score}, \"counts\": {{\"lines\": 7}}}}" : "");
        }

        Assert.Equal(["3.5", "2.0"], await ScoresAsync("orderBy=&includeAll=False"));
        Assert.Equal(["3.5", "2.0", "1.0"], await ScoresAsync("orderBy=&includeAll=True"));
        Assert.Equal(["1.0", "2.0"], await ScoresAsync("orderBy=score:ASC&includeAll=False"));
        Assert.Equal(["1.0", "2.0", "3.5"], await ScoresAsync("orderBy=lines:DESC,score:ASC&includeAll=True"));
        Assert.Equal(["3.5", "2.0"], await ScoresAsync("orderBy={orderBy}&includeAll={includeAll}"));
        Assert.Equal((400, "unknown column 'x'"), (await Farm.SayAsync("GET", $"workflows/{Workflow}/leaderboard?orderBy=x")).Error);

        async Task<string[]> ScoresAsync(string query) =>
            [.. (await Farm.DoAsync(200, "GET", $"workflows/{Workflow}/leaderboard?{query}"))["ranking"]!.AsArray().Select(entry => entry!["results"]![0]!["value"]!.ToJsonString())];
    }

    [Fact]
    public async Task A_workflow_without_results_has_no_leaderboard()
    {
        var workflow = await Farm.InstallAsync(Projects.Of(TemplateText.OneStep));
        Assert.Equal("null", (await Farm.SayAsync("GET", $"workflows/{workflow}/leaderboard")).Text);
    }

    [Fact]
    public async Task A_broken_results_file_does_not_harm_the_run()
    {
        var run = await SucceededAsync(_ => "{broken");
        Assert.Equal("SUCCESS", (string)(await Farm.DoAsync(200, "GET", $"runs/{run}", Alice))["state"]!);
        Assert.Empty(((JsonNode)await Farm.DoAsync(200, "GET", $"workflows/{Workflow}/leaderboard"))["ranking"]!.AsArray());
    }
}
