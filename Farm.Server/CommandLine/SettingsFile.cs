using Farm.Server.Hosting.Configuration;
using Farm.Server.Operations.Configuration;
using Farm.Server.Store.Engine;

namespace Farm.Server.CommandLine;

/// <summary>Finds and reads the settings.</summary>
internal static class SettingsFile
{
    /// <summary>The given file, or the one in the data directory, which need not exist.</summary>
    /// <exception cref="SettingException">The file is not valid YAML, or <c>shared_files</c> is not an absolute path.</exception>
    /// <exception cref="CommandFailedException">The given file does not exist.</exception>
    public static SettingsSource Find(string? named, DataDirectory data)
    {
        if (named is not null && !File.Exists(named)) throw new CommandFailedException($"settings file not found: {named}");
        var path = named is null ? Path.Combine(data.Root, "farm.yaml") : Path.GetFullPath(named);
        var shared = RunningServer.SharedFilesOfEnvironment ?? SettingsSource.SharedFilesIn(path);
        return new SettingsSource(path, new DataDirectory(data.Root, shared).SharedStorage) { SharedFiles = shared };
    }

    /// <summary>The settings from <see cref="Find"/>.</summary>
    /// <exception cref="SettingException">A setting is invalid.</exception>
    /// <exception cref="CommandFailedException">The given file does not exist.</exception>
    public static FarmSettings Read(string? named, DataDirectory data) => Find(named, data).Read();
}
