namespace Farm.Tests.Contracts.FlowServ;

/// <summary>A farm with the workflow "Hello World", a member of a group of it and somebody who is none.</summary>
public abstract class FlowServTest : IAsyncLifetime
{
    protected const string Hey = """{"name":"greeting","value":"Hey"}""";

    protected const string Greeting = $"[{Hey}]";

    private protected FlowServFarm Farm { get; private set; } = null!;

    private protected string Workflow { get; private set; } = "";

    private protected string GroupId { get; private set; } = "";

    private protected string Alice { get; private set; } = "";

    private protected string AliceId { get; private set; } = "";

    private protected string Bob { get; private set; } = "";

    private protected string BobId { get; private set; } = "";

    public virtual async Task InitializeAsync()
    {
        Farm = await FlowServFarm.Start();
        (AliceId, Alice) = await Farm.Person("alice");
        (BobId, Bob) = await Farm.Person("bob");
        Workflow = await Farm.Install();
        GroupId = await Farm.Group(Workflow, Alice);
    }

    public async Task DisposeAsync() => await Farm.DisposeAsync();

    /// <summary>A new run.</summary>
    private protected async Task<string> Started() => (string)(await Farm.StartRun(GroupId, Alice, Greeting))["id"]!;

    /// <summary>A run that succeeded.</summary>
    private protected async Task<string> Succeeded(Func<string, string>? content = null)
    {
        var run = await Started();
        await (await Farm.Worker()).CompleteRun(content);
        return run;
    }
}
