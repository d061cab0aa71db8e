using Farm.Server.Contracts;
using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Configuration;
using Farm.Server.Store.Engine;

namespace Farm.Server.Hosting.Configuration;

/// <summary>The settings file, or with <c>shared_files</c> the manager's own one and that of the farm (<see cref="MachineSettings"/>).</summary>
/// <param name="Path">The manager's own file, which need not exist.</param>
/// <param name="OwnStorage">The shared storage when none is set.</param>
internal sealed record SettingsSource(string Path, string OwnStorage)
{
    /// <summary>All protocols.</summary>
    public IReadOnlyList<IProtocolModule> Modules { get; init; } = ProtocolModules.All;

    /// <summary>The directory of shared files since the start; null if all settings are in <see cref="Path"/>.</summary>
    public string? SharedFiles { get; init; }

    /// <summary>The file that is written when settings are changed.</summary>
    public string FarmPath => SharedFiles is null ? Path : System.IO.Path.Combine(SharedFiles, "farm.yaml");

    /// <summary>The directory of shared files that a settings file names; null if it names none.</summary>
    /// <exception cref="SettingException">The file is not valid YAML, or the path is not absolute.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string? SharedFilesIn(string path)
    {
        if (!Values(path).TryGetValue(MachineSettings.SharedFiles, out var directory) || string.IsNullOrWhiteSpace(directory)) return null;
        return Located(() => Absolute(MachineSettings.SharedFiles, directory.Trim()), path);
    }

    /// <summary>An absolute path.</summary>
    /// <param name="key">The setting or variable that holds it.</param>
    /// <param name="directory">The path.</param>
    /// <exception cref="SettingException">It is not absolute.</exception>
    public static string Absolute(string key, string directory) =>
        System.IO.Path.IsPathFullyQualified(directory) ? directory : throw new SettingException(key, directory, FarmFile.NotAbsolute);

    /// <summary>Reads the files; without one, the defaults.</summary>
    /// <exception cref="SettingException">A setting is invalid, or in the wrong file.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public FarmSettings Read()
    {
        var values = Values(FarmPath);
        return SharedFiles is null ? Located(() => Read(values), Path) : ReadBoth(values, FarmPath, Path);
    }

    /// <summary>Reads settings from flat configuration keys.</summary>
    /// <exception cref="SettingException">A setting is invalid.</exception>
    public FarmSettings Read(Dictionary<string, string?> values) =>
        FarmSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), OwnStorage, Modules);

    /// <summary>The settings if these were the values in the file that is written.</summary>
    /// <exception cref="SettingException">A setting is invalid, or belongs to the manager's own file.</exception>
    /// <exception cref="IOException">The manager's own file cannot be read.</exception>
    public FarmSettings ReadWith(Dictionary<string, string?> values) => SharedFiles is null ? Read(values) : ReadBoth(values, Path);

    /// <summary>The file and line of each key and section, such as <c>shaman:enabled</c>; empty without a file.</summary>
    /// <exception cref="SettingException">A file is not valid YAML.</exception>
    public IReadOnlyDictionary<string, string> Origins()
    {
        var origins = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in new[] { FarmPath, Path }.Distinct().Where(File.Exists))
        {
            foreach (var (key, line) in YamlFile.Lines(file)) origins[key] = $"{file}:{line}";
        }

        return origins;
    }

    /// <summary>Changes whenever the files do.</summary>
    /// <exception cref="IOException">The file of the farm cannot be read, or its directory is not mounted.</exception>
    /// <exception cref="UnauthorizedAccessException">The file of the farm cannot be read.</exception>
    public SettingsStamp Stamp()
    {
        var file = new FileInfo(Path);
        return new SettingsStamp(file.Exists ? (file.LastWriteTimeUtc, file.Length) : null, SharedFiles is null ? null : FarmText(SharedFiles));
    }

    /// <summary>Without the file, all settings are the defaults, but not while the directory is only away.</summary>
    private string? FarmText(string directory)
    {
        try
        {
            using var reader = new StreamReader(YamlFile.Open(FarmPath));
            return reader.ReadToEnd();
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            if (!File.Exists(System.IO.Path.Combine(directory, DataDirectory.FilesIdName))) throw;
            return null;
        }
    }

    private FarmSettings ReadBoth(Dictionary<string, string?> ofFarm, params string[] files)
    {
        var own = Values(Path);
        Located(
            () =>
            {
                MachineSettings.RejectOthers(own, FarmPath);
                return true;
            },
            Path);
        return Located(
            () =>
            {
                MachineSettings.Reject(ofFarm);
                return Read(MachineSettings.Merge(own, ofFarm));
            },
            files);
    }

    private static Dictionary<string, string?> Values(string path) => File.Exists(path) ? YamlFile.Read(path) : [];

    /// <summary>Adds to an error the first of the files that has its key, and the line.</summary>
    private static T Located<T>(Func<T> read, params string[] files)
    {
        try
        {
            return read();
        }
        catch (SettingException unusable)
        {
            foreach (var file in files.Reverse().Where(File.Exists)) unusable.Locate(file, YamlFile.Lines(file));
            throw;
        }
    }
}
