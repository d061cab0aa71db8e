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
        Farm = await FlowServFarm.StartAsync();
        (AliceId, Alice) = await Farm.PersonAsync("alice");
        (BobId, Bob) = await Farm.PersonAsync("bob");
        Workflow = await Farm.InstallAsync();
        GroupId = await Farm.GroupAsync(Workflow, Alice);
    }

    public async Task DisposeAsync() => await Farm.DisposeAsync();

    /// <summary>A new run.</summary>
    private protected async Task<string> StartedAsync() => (string)(await Farm.StartRunAsync(GroupId, Alice, Greeting))["id"]!;

    /// <summary>A run that succeeded.</summary>
    private protected async Task<string> SucceededAsync(Func<string, string>? content = null)
    {
        var run = await StartedAsync();
        await (await Farm.WorkerAsync()).CompleteRunAsync(content);
        return run;
    }
}
