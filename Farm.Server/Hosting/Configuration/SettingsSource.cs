using Farm.Server.Contracts;
using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Hosting.Configuration;

/// <summary>The settings file.</summary>
/// <param name="Path">The file, which need not exist.</param>
/// <param name="OwnStorage">The shared storage when none is set.</param>
internal sealed record SettingsSource(string Path, string OwnStorage)
{
    /// <summary>All protocols.</summary>
    public IReadOnlyList<IProtocolModule> Modules { get; init; } = ProtocolModules.All;

    /// <summary>Reads the file; without one, the defaults.</summary>
    /// <exception cref="SettingException">A setting is invalid.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public FarmSettings Read()
    {
        if (!File.Exists(Path)) return Read([]);
        var values = YamlFile.Read(Path);
        try
        {
            return Read(values);
        }
        catch (SettingException unusable)
        {
            unusable.Locate(Path, YamlFile.Lines(Path));
            throw;
        }
    }

    /// <summary>Reads settings from flat configuration keys.</summary>
    /// <exception cref="SettingException">A setting is invalid.</exception>
    public FarmSettings Read(Dictionary<string, string?> values) =>
        FarmSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), OwnStorage, Modules);

    /// <summary>The line of each key and section, such as <c>shaman:enabled</c>; empty without a file.</summary>
    /// <exception cref="SettingException">The file is not valid YAML.</exception>
    public IReadOnlyDictionary<string, int> Lines() => File.Exists(Path) ? YamlFile.Lines(Path) : new Dictionary<string, int>();

    /// <summary>Changes whenever the file does; null while there is none.</summary>
    public (DateTime Written, long Length)? Stamp()
    {
        var file = new FileInfo(Path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : null;
    }
}
