namespace Farm.Tests.Support;

/// <summary>One farm for the tests of a class that leave nothing behind in it.</summary>
public sealed class SharedFarm : IAsyncLifetime
{
    public TestFarm Farm { get; private set; } = null!;

    public async Task InitializeAsync() => Farm = await TestFarm.StartAsync();

    public async Task DisposeAsync() => await Farm.DisposeAsync();
}
