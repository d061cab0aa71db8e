using System.IO.Compression;
using System.Reflection;
using Farm.Dashboard.Ports;

namespace Farm.Server.Hosting.StaticFiles;

/// <summary>
/// The static files embedded in assemblies: every resource whose name starts with <c>static/</c>. Those of an archive <c>static/NAME.zip</c> are in
/// the folder <c>NAME</c>.
/// </summary>
internal sealed class StaticFileCatalog : IAssetLinks
{
    private const string Prefix = "static/";
    private const string Archive = ".zip";

    private readonly Dictionary<string, StaticFile> _files = new(StringComparer.Ordinal);

    public StaticFileCatalog(params IEnumerable<Assembly> assemblies)
    {
        foreach (var assembly in assemblies)
            foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
                Add(assembly, name);
    }

    public IReadOnlyCollection<StaticFile> Files => _files.Values;

    /// <exception cref="KeyNotFoundException">No such file is embedded.</exception>
    public string LinkTo(string path) => $"{path}?v={_files[path].Version}";

    private void Add(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var path = name[Prefix.Length..];
        if (!path.EndsWith(Archive, StringComparison.Ordinal))
        {
            _files[path] = new StaticFile(path, Read(stream, stream.Length));
            return;
        }

        using var archive = new ZipArchive(stream);
        foreach (var entry in archive.Entries)
        {
            var inside = $"{path[..^Archive.Length]}/{entry.FullName}";
            using var content = entry.Open();
            _files[inside] = new StaticFile(inside, Read(content, entry.Length));
        }
    }

    private static byte[] Read(Stream stream, long length)
    {
        var content = new byte[length];
        stream.ReadExactly(content);
        return content;
    }
}
