using Farm.Server.Hosting.Configuration;
using Farm.Server.Operations.Configuration;
using Farm.Server.Store.Engine;

namespace Farm.Server.CommandLine;

/// <summary>Finds and reads the settings.</summary>
internal static class SettingsFile
{
    /// <summary>The file that was named, else the one of the data directory, which need not be there.</summary>
    /// <exception cref="CommandFailedException">The file that was named is not there.</exception>
    public static SettingsSource Find(string? named, DataDirectory data)
    {
        if (named is not null && !File.Exists(named)) throw new CommandFailedException($"there is no file {named} with settings");
        return new SettingsSource(named is null ? Path.Combine(data.Root, "farm.yaml") : Path.GetFullPath(named), data.SharedStorage);
    }

    /// <summary>The settings of the file that was named, else of the data directory, else the defaults.</summary>
    /// <exception cref="SettingException">A setting cannot be used.</exception>
    /// <exception cref="CommandFailedException">The file that was named is not there.</exception>
    public static FarmSettings Read(string? named, DataDirectory data) => Find(named, data).Read();
}
