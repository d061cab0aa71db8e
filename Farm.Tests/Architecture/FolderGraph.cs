using System.Reflection;
using Farm.Dashboard.Ports;
using Farm.Server.Contracts;
using Farm.Tests.Support;

namespace Farm.Tests.Architecture;

/// <summary>Who knows whom between the folders of an assembly, by its compiled code; a namespace is a folder.</summary>
/// <remarks>
/// A folder and its own sub-folder are parent and child and may know each other: types that lie directly in a folder take no part among
/// its sub-folders. Beside the folder's own siblings they count, with everything below it.
/// </remarks>
internal static class FolderGraph
{
    /// <summary>The folders of the server.</summary>
    public const string Server = "Farm.Server";

    /// <summary>The folders of the dashboard.</summary>
    public const string Dashboard = "Farm.Dashboard";

    /// <summary>A type in one sub-folder that names a type in another.</summary>
    /// <param name="From">The sub-folder of the type that knows.</param>
    /// <param name="To">The sub-folder of the type that is known.</param>
    /// <param name="Source">The type that knows; what the compiler made inside a type counts as that type.</param>
    /// <param name="Target">The type that is known.</param>
    internal readonly record struct Reference(string From, string To, Type Source, Type Target);

    /// <summary>Each pair of types in different sub-folders of a folder, the first of which names the second.</summary>
    public static IEnumerable<Reference> References(string folder)
    {
        var assembly = Of(folder);
        return assembly.GetTypes()
            .Select(source => (Source: source, From: SubFolder(source, folder)))
            .Where(known => known.From is not null)
            .SelectMany(known => TypeReferences.Of(known.Source), (known, target) => (known.Source, known.From, Target: target))
            .Where(known => known.Target.Assembly == assembly)
            .Select(known => new Reference(known.From!, SubFolder(known.Target, folder) ?? known.From!, Outermost(known.Source), Outermost(known.Target)))
            .Where(reference => reference.From != reference.To)
            .Distinct();
    }

    /// <summary>The arrows between the sub-folders of a folder, with how many pairs of types make each.</summary>
    public static IReadOnlyDictionary<(string From, string To), int> Arrows(string folder) =>
        References(folder).CountBy(reference => (reference.From, reference.To)).ToDictionary();

    /// <summary>Groups of sub-folders that know each other in a circle; each as its references. None when all arrows point one way.</summary>
    public static IEnumerable<IReadOnlyList<Reference>> Cycles(string folder)
    {
        var references = References(folder).ToList();
        var arrows = references.ToLookup(reference => reference.From, reference => reference.To);
        var reached = arrows.ToDictionary(group => group.Key, group => Reached(group.Key, arrows));
        bool AreInACircle(string one, string other) => reached[one].Contains(other) && reached.GetValueOrDefault(other, []).Contains(one);
        return references.Where(reference => AreInACircle(reference.From, reference.To))
            .GroupBy(reference => reached[reference.From].Where(other => AreInACircle(reference.From, other)).Min(StringComparer.Ordinal))
            .Select(group => group.ToList());
    }

    /// <summary>Every folder that has sub-folders, from the top.</summary>
    public static IEnumerable<string> Folders(string top) => Of(top).GetTypes().Select(type => type.Namespace).OfType<string>()
        .Where(name => TypeReferences.IsBelow(name, top)).SelectMany(name => Parents(name, top)).Distinct().Order(StringComparer.Ordinal);

    private static Assembly Of(string folder) =>
        TypeReferences.IsBelow(folder, Server) ? typeof(ProtocolModules).Assembly
        : TypeReferences.IsBelow(folder, Dashboard) ? typeof(IFarmReader).Assembly
        : typeof(FolderGraph).Assembly;

    private static HashSet<string> Reached(string from, ILookup<string, string> arrows)
    {
        var (reached, next) = (new HashSet<string>(), new Stack<string>(arrows[from]));
        while (next.TryPop(out var folder))
        {
            if (!reached.Add(folder)) continue;
            foreach (var other in arrows[folder]) next.Push(other);
        }

        return reached;
    }

    private static IEnumerable<string> Parents(string name, string top)
    {
        while (name.Length > top.Length) yield return name = name[..name.LastIndexOf('.')];
    }

    private static string? SubFolder(Type type, string folder) =>
        type.Namespace?.StartsWith(folder + ".", StringComparison.Ordinal) == true ? type.Namespace[(folder.Length + 1)..].Split('.')[0] : null;

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
