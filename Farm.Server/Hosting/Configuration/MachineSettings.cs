using Farm.Server.Operations.Configuration;

namespace Farm.Server.Hosting.Configuration;

/// <summary>
/// With <c>shared_files</c>, the settings of the machine are in the manager's own file and all others in the one of the farm, so that no
/// setting can differ between managers by mistake. A key is in one file only.
/// </summary>
internal static class MachineSettings
{
    /// <summary>The setting that names the directory of shared files.</summary>
    public const string SharedFiles = "shared_files";

    /// <summary>
    /// The keys of the machine: how it finds what is shared, where it listens and with which certificate, and whether workers may discover it, as
    /// each manager announces its own address in its own network.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } = ["database", SharedFiles, "listen", "certificate", "certificate_key", "certificate_password_file", "autodiscoverable"];

    /// <summary>Rejects settings of the farm, and unknown ones, in the manager's own file.</summary>
    /// <param name="own">The keys and values of the file.</param>
    /// <param name="farmFile">The file of the farm.</param>
    /// <exception cref="SettingException">The file has another key than those of <see cref="Names"/>, or one without effect.</exception>
    public static void RejectOthers(Dictionary<string, string?> own, string farmFile)
    {
        foreach (var key in FirstParts(own).Where(key => !Has(Names, key) && Has(FarmFile.KnownKeys.Select(FirstPart), key)))
            throw new SettingException(key, null, $"belongs to the farm, not to this machine; move it to {farmFile}, which all managers read");
        UnknownKeys.Reject(new ConfigurationBuilder().AddInMemoryCollection(own).Build(), Names, IgnoredFlamencoKeys.Names);
    }

    /// <summary>Rejects settings of the machine in the file of the farm.</summary>
    /// <exception cref="SettingException">The file has a key of <see cref="Names"/>.</exception>
    public static void Reject(Dictionary<string, string?> ofFarm)
    {
        foreach (var key in FirstParts(ofFarm).Where(key => Has(Names, key)))
            throw new SettingException(key, null, "belongs to one machine, not to the farm; move it to farm.yaml in the data directory of that machine");
    }

    /// <summary>The values of both files.</summary>
    public static Dictionary<string, string?> Merge(Dictionary<string, string?> own, Dictionary<string, string?> ofFarm)
    {
        var all = new Dictionary<string, string?>(ofFarm, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in own) all[key] = value;
        return all;
    }

    private static IEnumerable<string> FirstParts(Dictionary<string, string?> values) =>
        values.Keys.Select(FirstPart).Distinct(StringComparer.OrdinalIgnoreCase);

    private static string FirstPart(string key) => key.Split(ConfigurationPath.KeyDelimiter)[0];

    private static bool Has(IEnumerable<string> keys, string key) => keys.Contains(key, StringComparer.OrdinalIgnoreCase);
}
