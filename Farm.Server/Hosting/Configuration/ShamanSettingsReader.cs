using Farm.Server.Operations.Configuration;

namespace Farm.Server.Hosting.Configuration;

/// <summary>Reads <c>shaman: {enabled, garbageCollect: {period, maxAge}}</c> (Contracts/Flamenco/Contract.md section 9).</summary>
internal static class ShamanSettingsReader
{
    private static readonly string[] Keys = ["enabled", "garbageCollect"];
    private static readonly string[] GarbageCollectKeys = ["period", "maxAge"];

    /// <summary>Reads the section; what is absent keeps its default.</summary>
    /// <exception cref="SettingException">A key is unknown, or its value cannot be used.</exception>
    public static ShamanSettings Read(IConfigurationSection section)
    {
        SettingReader.CheckKeys(section, Keys);
        SettingReader.CheckKeys(section.GetSection("garbageCollect"), GarbageCollectKeys);
        var read = new SettingReader(section);
        var defaults = new ShamanSettings();
        return new ShamanSettings
        {
            Enabled = read.Flag("enabled", defaults.Enabled),
            GarbageCollectPeriod = read.Duration("garbageCollect:period", defaults.GarbageCollectPeriod),
            GarbageCollectMaxAge = read.Duration("garbageCollect:maxAge", defaults.GarbageCollectMaxAge),
        };
    }
}
