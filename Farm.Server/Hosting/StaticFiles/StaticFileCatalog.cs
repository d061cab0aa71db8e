using System.Reflection;
using Farm.Dashboard.Ports;

namespace Farm.Server.Hosting.StaticFiles;

/// <summary>
/// The static files embedded in assemblies: every resource whose name starts with <c>static/</c>.
/// </summary>
internal sealed class StaticFileCatalog : IAssetLinks
{
    private const string Prefix = "static/";

    private readonly Dictionary<string, StaticFile> _files = new(StringComparer.Ordinal);

    public StaticFileCatalog(params IEnumerable<Assembly> assemblies)
    {
        foreach (var assembly in assemblies)
            foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
                _files[name[Prefix.Length..]] = new StaticFile(name[Prefix.Length..], Read(assembly, name));
    }

    public IReadOnlyCollection<StaticFile> Files => _files.Values;

    /// <exception cref="KeyNotFoundException">No such file is embedded.</exception>
    public string LinkTo(string path) => $"{path}?v={_files[path].Version}";

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
