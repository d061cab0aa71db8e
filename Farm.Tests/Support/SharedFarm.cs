namespace Farm.Tests.Support;

/// <summary>A farm shared by all tests of a class that do not change it.</summary>
public sealed class SharedFarm : IAsyncLifetime
{
    public TestFarm Farm { get; private set; } = null!;

    public async Task InitializeAsync() => Farm = await TestFarm.StartAsync();

    public async Task DisposeAsync() => await Farm.DisposeAsync();
}
