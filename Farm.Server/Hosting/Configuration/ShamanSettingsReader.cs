using Farm.Server.Operations.Shaman;

namespace Farm.Server.Hosting.Configuration;

/// <summary>Reads <c>shaman: {enabled, garbageCollect: {period, maxAge}}</c> (contracts/flamenco.md section 9).</summary>
internal static class ShamanSettingsReader
{
    private static readonly string[] Keys = ["enabled", "garbageCollect"];
    private static readonly string[] GarbageCollectKeys = ["period", "maxAge"];

    /// <summary>Reads the section; what is absent keeps its default.</summary>
    /// <exception cref="SettingException">A key is unknown, or its value cannot be used.</exception>
    public static ShamanSettings Read(IConfigurationSection section)
    {
        Check(section, Keys);
        Check(section.GetSection("garbageCollect"), GarbageCollectKeys);
        var read = new SettingReader(section);
        var defaults = new ShamanSettings();
        return new ShamanSettings
        {
            Enabled = read.Flag("enabled", defaults.Enabled),
            GarbageCollectPeriod = read.Duration("garbageCollect:period", defaults.GarbageCollectPeriod),
            GarbageCollectMaxAge = read.Duration("garbageCollect:maxAge", defaults.GarbageCollectMaxAge),
        };
    }

    private static void Check(IConfigurationSection section, string[] keys)
    {
        if (!string.IsNullOrEmpty(section.Value))
            throw new SettingException(section.Path, section.Value, $"must hold keys and values: {string.Join(", ", keys)}");
        foreach (var setting in section.GetChildren())
        {
            if (!keys.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
                throw new SettingException(setting.Path, setting.Value, $"is not a setting; there are: {string.Join(", ", keys)}");
        }
    }
}
