using System.Reflection;
using Farm.Dashboard.Ports;
using Farm.Server.Contracts;

namespace Farm.Tests.Architecture;

/// <summary>Names of awaitable methods and of cancellation tokens.</summary>
public sealed class AsyncNameTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly[] Ours = [typeof(ProtocolModules).Assembly, typeof(IFarmReader).Assembly, typeof(AsyncNameTests).Assembly];

    private static IEnumerable<MethodInfo> Methods =>
        Ours.SelectMany(assembly => assembly.GetTypes()).Where(type => !type.Name.Contains('<', StringComparison.Ordinal) && IsOurs(type))
            .SelectMany(type => type.GetMethods(Declared))
            .Where(method => !method.IsSpecialName && !method.Name.Contains('<', StringComparison.Ordinal) && !IsTest(method));

    [Fact]
    public void Awaitable_methods_end_with_Async() =>
        Assert.Empty(Methods.Where(method => IsAwaitable(method.ReturnType) && !method.Name.EndsWith("Async", StringComparison.Ordinal) && !IsNamedElsewhere(method)).Select(Text));

    [Fact]
    public void No_other_methods_end_with_Async() =>
        Assert.Empty(Methods.Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal) && !IsAwaitable(method.ReturnType)).Select(Text));

    [Fact]
    public void Cancellation_tokens_are_named_alike() =>
        Assert.Empty(Methods.Where(method => !IsNamedElsewhere(method))
            .SelectMany(method => method.GetParameters().Where(parameter => parameter.ParameterType == typeof(CancellationToken) && parameter.Name != "cancellationToken"), (method, _) => method)
            .Select(Text));

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("Farm.", StringComparison.Ordinal) == true;

    private static bool IsAwaitable(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is var generic
            && (generic == typeof(Task<>) || generic == typeof(ValueTask<>) || generic == typeof(IAsyncEnumerable<>)));

    private static bool IsTest(MethodInfo method) => method.GetCustomAttributes().Any(attribute => attribute is FactAttribute);

    /// <summary>Whether the name is given by the framework (an override or implementation) or by a script that calls the method.</summary>
    private static bool IsNamedElsewhere(MethodInfo method) =>
        method.GetBaseDefinition().DeclaringType is { } declaring && !IsOurs(declaring)
        || method.GetCustomAttributes().Any(attribute => attribute.GetType().Name == "JSInvokableAttribute")
        || method.DeclaringType!.GetInterfaces().Where(type => !IsOurs(type)).Any(type => !method.DeclaringType.IsInterface
            && method.DeclaringType.GetInterfaceMap(type).TargetMethods.Contains(method));

    private static string Text(MethodInfo method) => $"{method.DeclaringType!.FullName}.{method.Name}";
}
