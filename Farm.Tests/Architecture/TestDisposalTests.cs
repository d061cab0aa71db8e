using Farm.Tests.Support;

namespace Farm.Tests.Architecture;

/// <summary>Test classes that would never be disposed.</summary>
public sealed class TestDisposalTests
{
    [Fact]
    public void Test_classes_that_are_disposed_asynchronously_say_so_to_xunit() => Assert.Empty(
        typeof(TestDisposalTests).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IAsyncDisposable)) && !type.IsAssignableTo(typeof(IAsyncLifetime)))
            .Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute), inherit: true)))
            .Select(type => $"{type.FullName} needs {nameof(IAsyncDisposableTest)}"));
}
