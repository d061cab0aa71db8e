using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Farm.Server.Worker.State;

namespace Farm.Server.Worker.Commands.OpenJobDescription;

/// <summary>The working directory of a session and its files. Deleted on disposal.</summary>
/// <param name="folder">The directory.</param>
internal sealed class SessionDirectory(ScratchFolder folder) : IDisposable
{
    private const string FilesFolder = "embedded_files";

    /// <summary>Where it is.</summary>
    public string FullPath => folder.FullPath;

    /// <summary>The file with the path mapping rules.</summary>
    public string PathMappingFile => Path.Combine(FullPath, "path_mapping.json");

    /// <summary>The paths of a script's files by name. Each script has its own folder.</summary>
    /// <param name="script">A name for the folder.</param>
    /// <param name="files">The files.</param>
    public IReadOnlyDictionary<string, string> FilePaths(string script, IReadOnlyList<FilePlan> files) => files.ToDictionary(
        file => file.Name,
        file => Path.Combine(FullPath, FilesFolder, script, file.FileName is { } name && Path.GetFileName(name) == name ? name : $"{file.Name}.openjd"));

    /// <summary>Writes the files, again before each action, which may have changed or deleted them.</summary>
    public static void Write(IReadOnlyList<FilePlan> files, IReadOnlyDictionary<string, string> places, SessionValues values)
    {
        foreach (var file in files)
        {
            var place = places[file.Name];
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Delete(place);
            File.WriteAllText(place, values.Resolve(file.Data), new UTF8Encoding(false));
            if (OperatingSystem.IsWindows()) continue;
            File.SetUnixFileMode(place, file.IsRunnable ? UnixFileMode.UserRead | UnixFileMode.UserExecute : UnixFileMode.UserRead);
        }
    }

    /// <summary>Writes the path mapping rules for this machine.</summary>
    /// <returns>Whether there are any.</returns>
    public bool WritePathMapping(IReadOnlyList<string> sources, IReadOnlyList<string> targets)
    {
        // A variable without a value for this platform is still {name}.
        var rules = sources.Zip(targets).Where(rule => rule.First != rule.Second && !rule.Second.StartsWith('{'))
            .OrderByDescending(rule => rule.First.Length).ToList();
        var json = rules.Count == 0 ? [] : new JsonObject
        {
            ["version"] = "pathmapping-1.0",
            ["path_mapping_rules"] = new JsonArray([.. rules.Select(rule => new JsonObject
            {
                ["source_path_format"] = rule.First.Contains('\\') || rule.First is [_, ':', ..] ? "WINDOWS" : "POSIX",
                ["source_path"] = rule.First,
                ["destination_path"] = rule.Second,
            })]),
        };
        File.WriteAllText(PathMappingFile, json.ToJsonString());
        return rules.Count > 0;
    }

    /// <summary>Writes the deadline for an action that is being canceled.</summary>
    public void WriteCancelInfo(DateTimeOffset end)
    {
        var path = Path.Combine(FullPath, "cancel_info.json");
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(new Dictionary<string, string> { ["NotifyEnd"] = $"{end.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}" }));
        File.Move(path + ".new", path, overwrite: true);
    }

    public void Dispose() => folder.Dispose();
}
