using System.Reflection;
using Farm.Server.Contracts;
using Farm.Server.Contracts.Shared;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts;

/// <summary>Each protocol keeps to its folder (Docs/design.md section 2).</summary>
public sealed class ModuleFolderTests
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] Namespaces = [.. ProtocolModules.All.Select(module => module.GetType().Namespace!)];

    public static TheoryData<string> Folders => new(Namespaces);

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_protocol_knows_no_other_one(string folder)
    {
        var foreign = Namespaces.Where(other => other != folder).ToArray();
        var known = TypesOf(folder).SelectMany(type => Mentioned(type).Select(other => (type, other)))
            .Where(pair => foreign.Any(other => IsBelow(pair.other.Namespace, other)))
            .Select(pair => $"{pair.type.FullName} knows {pair.other.FullName}").Distinct();
        Assert.Empty(known);
    }

    [Fact]
    public void What_protocols_share_knows_none_of_them()
    {
        var known = TypesOf(typeof(IProtocolModule).Namespace!).SelectMany(type => Mentioned(type).Select(other => (type, other)))
            .Where(pair => Namespaces.Any(other => IsBelow(pair.other.Namespace, other)))
            .Select(pair => $"{pair.type.FullName} knows {pair.other.FullName}").Distinct();
        Assert.Empty(known);
    }

    private static IEnumerable<Type> TypesOf(string folder) =>
        typeof(ProtocolModules).Assembly.GetTypes().Where(type => IsBelow(type.Namespace, folder));

    private static bool IsBelow(string? name, string folder) => name == folder || name?.StartsWith(folder + ".", StringComparison.Ordinal) == true;

    /// <summary>Types in the signatures, fields and bodies of a type.</summary>
    private static IEnumerable<Type> Mentioned(Type type) => new[] { type.BaseType }
        .Concat(type.GetInterfaces())
        .Concat(type.GetFields(All).Select(field => field.FieldType))
        .Concat(type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)).SelectMany(InMethod))
        .OfType<Type>()
        .SelectMany(Parts);

    private static IEnumerable<Type?> InMethod(MethodBase method) => method.GetParameters().Select(parameter => parameter.ParameterType)
        .Append((method as MethodInfo)?.ReturnType)
        .Concat(method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? [])
        .Concat(MethodCode.Named(method));

    private static IEnumerable<Type> Parts(Type type) => type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type)
        : type.HasElementType ? Parts(type.GetElementType()!)
        : [type];
}
