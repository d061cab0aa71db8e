using Farm.Server.Contracts;
using Farm.Server.Contracts.Shared;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts;

/// <summary>Each protocol keeps to its folder (Docs/design.md section 2).</summary>
public sealed class ModuleFolderTests
{
    private static readonly string[] Namespaces = [.. ProtocolModules.All.Select(module => module.GetType().Namespace!)];

    public static TheoryData<string> Folders => new(Namespaces);

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_protocol_knows_no_other_one(string folder)
    {
        var foreign = Namespaces.Where(other => other != folder).ToArray();
        var known = TypesOf(folder).SelectMany(type => TypeReferences.Of(type).Select(other => (type, other)))
            .Where(pair => foreign.Any(other => TypeReferences.IsBelow(pair.other.Namespace, other)))
            .Select(pair => $"{pair.type.FullName} knows {pair.other.FullName}").Distinct();
        Assert.Empty(known);
    }

    [Fact]
    public void What_protocols_share_knows_none_of_them()
    {
        var known = TypesOf(typeof(IProtocolModule).Namespace!).SelectMany(type => TypeReferences.Of(type).Select(other => (type, other)))
            .Where(pair => Namespaces.Any(other => TypeReferences.IsBelow(pair.other.Namespace, other)))
            .Select(pair => $"{pair.type.FullName} knows {pair.other.FullName}").Distinct();
        Assert.Empty(known);
    }

    private static IEnumerable<Type> TypesOf(string folder) =>
        typeof(ProtocolModules).Assembly.GetTypes().Where(type => TypeReferences.IsBelow(type.Namespace, folder));
}
