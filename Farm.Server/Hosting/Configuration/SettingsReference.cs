using System.ComponentModel;
using System.Reflection;
using Farm.Server.Contracts.Shared;
using Farm.Server.Docs;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Hosting.Configuration;

/// <summary>Describes every setting, from the types that the settings are bound to.</summary>
/// <param name="modules">The protocols.</param>
internal sealed class SettingsReference(IReadOnlyList<IProtocolModule> modules) : ISettingsReference
{
    private static readonly SettingKey Variables = new(
        "variables",
        "Values that differ by platform, as in Flamenco: `NAME: {is_twoway: true, values: [{platform: linux, value: …}]}`. A variable that you set replaces "
        + "the default of the same name.",
        "variables by name");

    /// <summary>Defaults that depend on the machine or are too long to show.</summary>
    private static readonly Dictionary<string, string> DefaultTexts = new()
    {
        ["certificate"] = "none",
        ["certificate_key"] = "none",
        ["certificate_password_file"] = "none",
        ["shared_files"] = "none",
        ["shared_storage_path"] = "shared in the data directory",
        ["shaman.enabled"] = "true, on Windows false",
        ["networks"] = string.Join(", ", Security.NetworkList.DefaultNames),
        ["trusted_proxies"] = "none",
        ["variables"] = "blender, blenderArgs",
        ["contracts.task_tracker.origins"] = "none",
        ["contracts.flowserv.origins"] = "none",
    };

    /// <inheritdoc/>
    public IReadOnlyList<SettingDescription> All { get; } = Describe(modules);

    /// <inheritdoc/>
    public IReadOnlyList<IgnoredKey> Ignored { get; } =
    [
        new("database_check_period", "The database is checked when it is opened, and each backup is verified."),
        new("local_manager_storage_path", "Logs and images are in the data directory."),
        new("mqtt", "No events are sent over MQTT."),
        new("ffmpeg", "Small versions of uploaded frames are made without FFmpeg; workers use their own for videos."),
        new("_meta", "Only `version: 3` is known; another version is refused."),
    ];

    private static IReadOnlyList<SettingDescription> Describe(IReadOnlyList<IProtocolModule> modules)
    {
        var defaults = SettingsDocument.Flatten(SettingsDocument.Write(new SettingsSource("", "") { Modules = modules }.Read([]), modules));
        IEnumerable<SettingKey> keys = [.. FarmFile.Keys.Select(OfFarm), Variables, .. modules.SelectMany(OfModule)];
        return [.. keys.Select(key => new SettingDescription(
            key.Name,
            DefaultTexts.GetValueOrDefault(key.Name) ?? Value(defaults, key.Name.Replace('.', ':')),
            key.Values,
            key.Meaning,
            CurrentSettings.AppliedAtOnce.Contains(key.Name.Split('.')[0])))];
    }

    private static SettingKey OfFarm(BoundKey key) => new(
        key.Name.Replace(':', '.'), key.Property.GetCustomAttribute<DescriptionAttribute>()!.Description, AllowedValues.Describe(key.Property));

    private static IEnumerable<SettingKey> OfModule(IProtocolModule module) =>
        ContractSettings.KeysOf(module).Select(key => key with { Name = $"contracts.{module.Name}.{key.Name}" });

    /// <summary>A default; a list is joined with commas.</summary>
    private static string Value(Dictionary<string, string?> defaults, string key)
    {
        if (defaults.TryGetValue(key, out var value)) return value ?? "";
        var items = Enumerable.Range(0, defaults.Count).Select(index => defaults.GetValueOrDefault($"{key}:{index}")).TakeWhile(item => item is not null);
        return string.Join(", ", items);
    }
}
