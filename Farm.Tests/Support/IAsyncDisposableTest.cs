namespace Farm.Tests.Support;

/// <summary>A test class that is disposed asynchronously: xunit calls <see cref="IAsyncLifetime"/>, but not <see cref="IAsyncDisposable"/>.</summary>
internal interface IAsyncDisposableTest : IAsyncDisposable, IAsyncLifetime
{
    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => ((IAsyncDisposable)this).DisposeAsync().AsTask();
}
