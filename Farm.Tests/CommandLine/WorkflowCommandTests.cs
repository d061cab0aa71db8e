using Farm.Tests.Contracts.FlowServ;
using Farm.Tests.Support;

namespace Farm.Tests.CommandLine;

/// <summary><c>farm workflow</c> as a process, against a farm.</summary>
[Collection(ProcessCollection.Name)]
public sealed class WorkflowCommandTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private TestFarm _farm = null!;

    public async Task InitializeAsync()
    {
        _farm = await TestFarm.StartAsync(clock: TimeProvider.System);
        foreach (var (path, text) in Projects.HelloWorld)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_directory["project/" + path])!);
            await File.WriteAllTextAsync(_directory["project/" + path], text);
        }
    }

    public async Task DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_workflow_is_added_listed_and_removed()
    {
        Assert.Equal("hello_world  Hello World\n", await SaysAsync("add", "project"));
        Assert.Equal("mine  Hello World (1)\n", await SaysAsync("add", "project", "--id", "mine"));
        var list = await SaysAsync("list");
        Assert.Contains("hello_world", list);
        Assert.Contains("Hello World (1)  (0 groups, 0 runs)", list);
        Assert.Equal("", await SaysAsync("remove", "hello_world"));
        Assert.DoesNotContain("hello_world", await SaysAsync("list"));
    }

    [Fact]
    public Task A_folder_that_is_not_a_workflow_is_reported() => RefusesAsync("is not a workflow", "add", ".");

    [Fact]
    public Task A_missing_folder_is_reported() => RefusesAsync("folder not found: nowhere", "add", "nowhere");

    [Fact]
    public Task An_unknown_workflow_is_reported() => RefusesAsync("unknown workflow 'nope'", "remove", "nope");

    [Fact]
    public async Task An_invalid_template_is_reported_in_one_line()
    {
        await File.WriteAllTextAsync(_directory["project/workflow.yaml"], "workflow: {steps: [{name: a, action: {notebook: x}}]}");
        await RefusesAsync("step 'a' is a notebook step", "add", "project");
    }

    private async Task<string> SaysAsync(params string[] arguments)
    {
        await using var process = Run(arguments);
        Assert.Equal((0, ""), (await process.ExitAsync(), process.Errors));
        return process.Output;
    }

    private async Task RefusesAsync(string because, params string[] arguments)
    {
        await using var process = Run(arguments);
        Assert.Equal(1, await process.ExitAsync());
        CommandError.AssertOneLine(process, because);
    }

    private FarmProcess Run(string[] arguments) => FarmProcess.Start(
        _directory.Path, ["workflow", .. arguments, "--url", _farm.Client.BaseAddress!.ToString(), "--data", Path.Combine(_farm.Data, "farm")]);
}
