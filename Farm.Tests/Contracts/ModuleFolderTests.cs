using System.Reflection;
using Farm.Server.Contracts;
using Farm.Server.Contracts.Shared;

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
        .Concat(Called(method));

    /// <summary>Types whose members the body calls or reads: every token in it that a member or type of the module has.</summary>
    private static IEnumerable<Type?> Called(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code) yield break;
        for (var i = 0; i + 5 <= code.Length; i++)
        {
            // call, newobj, ldfld, ldsfld, callvirt, ldtoken, ldftn and their kin are followed by a token of four bytes.
            var token = BitConverter.ToInt32(code, i + 1);
            if ((token >>> 24) is not (0x01 or 0x02 or 0x04 or 0x06 or 0x0A or 0x1B or 0x2B)) continue;
            yield return Resolve(method, token);
        }
    }

    private static Type? Resolve(MethodBase method, int token)
    {
        try
        {
            var typeArguments = method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null;
            var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
            var member = method.Module.ResolveMember(token, typeArguments, methodArguments);
            return member as Type ?? member?.DeclaringType;
        }
        catch (Exception none) when (none is ArgumentException or BadImageFormatException or TypeLoadException)
        {
            // Four bytes that look like a token and are none.
            return null;
        }
    }

    private static IEnumerable<Type> Parts(Type type) => type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type)
        : type.HasElementType ? Parts(type.GetElementType()!)
        : [type];
}
