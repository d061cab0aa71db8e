using Farm.Server.Contracts;
using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Hosting.Configuration;

/// <summary>Where the settings are kept.</summary>
/// <param name="Path">The file; it need not be there.</param>
/// <param name="OwnStorage">The shared storage of a farm that has set none.</param>
internal sealed record SettingsSource(string Path, string OwnStorage)
{
    /// <summary>The protocols that there are.</summary>
    public IReadOnlyList<IProtocolModule> Modules { get; init; } = ProtocolModules.All;

    /// <summary>The settings of the file; without a file, the defaults.</summary>
    /// <exception cref="SettingException">A setting cannot be used.</exception>
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

    /// <summary>The settings that these keys and values are.</summary>
    /// <exception cref="SettingException">A setting cannot be used.</exception>
    public FarmSettings Read(Dictionary<string, string?> values) =>
        FarmSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), OwnStorage, Modules);

    /// <summary>The lines of the file at which keys stand, such as <c>shaman:enabled</c>, sections included; none without a file.</summary>
    /// <exception cref="SettingException">The file is not YAML.</exception>
    public IReadOnlyDictionary<string, int> Lines() => File.Exists(Path) ? YamlFile.Lines(Path) : new Dictionary<string, int>();

    /// <summary>Changes whenever the file does; null while there is none.</summary>
    public (DateTime Written, long Length)? Stamp()
    {
        var file = new FileInfo(Path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : null;
    }
}
