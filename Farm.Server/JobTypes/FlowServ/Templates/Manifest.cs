using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.JobTypes.FlowServ.Templates;

/// <summary>The manifest of a project folder (Contracts/FlowServ/Contract.md section 6.1).</summary>
/// <param name="Name">The display name of the workflow.</param>
/// <param name="Specfile">The file with the template.</param>
/// <param name="Description">May be null.</param>
/// <param name="Instructions">The file with instructions; null if there is none.</param>
/// <param name="Files">The static files; null for the whole folder.</param>
internal sealed record Manifest(string Name, string Specfile, string? Description, string? Instructions, IReadOnlyList<ManifestFile>? Files)
{
    private const int LongestName = 512;

    /// <summary>Possible file names of a manifest, in search order.</summary>
    public static IReadOnlyList<string> FileNames { get; } = ["flowserv.json", "flowserv.yaml", "flowserv.yml"];

    /// <summary>Parses a manifest.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="file">Names the file in error messages.</param>
    /// <exception cref="FarmException">The manifest is invalid.</exception>
    public static Manifest Read(string text, string file)
    {
        var map = ClosedMap.Of(YamlValues.Parse(text, file), file, "name", "specfile", "description", "instructions", "files");
        var name = map.Needed("name").Trim();
        if (name.Length is 0 or > LongestName) throw FarmException.Invalid($"'name' of {file} must have 1 to {LongestName} characters");
        return new Manifest(
            name, RunPath.Checked(map.Needed("specfile"), "'specfile'"), map.Text("description"),
            map.Text("instructions") is { } instructions ? RunPath.Checked(instructions, "'instructions'") : null,
            map.Value("files") is null ? null : [.. map.List("files").Select(Entry)]);
    }

    private static ManifestFile Entry(PyValue value)
    {
        var file = ClosedMap.Of(value, "an entry of 'files'", "source", "target");
        var source = file.Needed("source");
        return new ManifestFile(Clean(source), Clean(file.Text("target") ?? source));

        static string Clean(string path) => RunPath.Clean(path) ?? throw FarmException.Invalid($"'{path}' does not stay in its folder");
    }
}

/// <summary>A file or folder of a project and its path in the run folder.</summary>
internal sealed record ManifestFile(string Source, string Target)
{
    /// <summary>The path in the run folder of a project file; null if this entry does not include the file.</summary>
    public string? TargetOf(string path)
    {
        if (path == Source) return Target.Length > 0 ? Target : path[(path.LastIndexOf('/') + 1)..];
        if (Source.Length > 0 && !path.StartsWith(Source + "/", StringComparison.Ordinal)) return null;
        var rest = Source.Length == 0 ? path : path[(Source.Length + 1)..];
        return Target.Length == 0 ? rest : $"{Target}/{rest}";
    }
}
