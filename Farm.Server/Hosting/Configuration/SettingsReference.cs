using Farm.Server.Contracts.Shared;
using Farm.Server.Docs;

namespace Farm.Server.Hosting.Configuration;

/// <summary>Describes every setting. Defaults and what applies at once come from the settings themselves; only the meanings are written here.</summary>
/// <param name="modules">The protocols that there are.</param>
internal sealed class SettingsReference(IReadOnlyList<IProtocolModule> modules) : ISettingsReference
{
    /// <summary>The meaning of each key, in the order in which keys are shown; the first line of a section comes before its keys.</summary>
    private static readonly (string Key, string? Default, string Meaning)[] Meanings =
    [
        ("manager_name", null, "The farm's name, shown to clients and in the dashboard."),
        ("listen", null, "Address and port to listen on. `:8080` is port 8080 of every address of the machine."),
        ("shared_storage_path", "shared in the data directory",
            "The storage that all machines see. Set it as soon as a second machine renders. The variable `{jobs}` is its folder `jobs`, or the path itself "
            + "when Shaman is off."),
        ("shaman.enabled", "true, on Windows false", "Whether Blender's add-on may upload files. Each content is stored once."),
        ("shaman.garbageCollect.period", null, "How often uploaded files that no job links to are removed; `0` never removes any."),
        ("shaman.garbageCollect.maxAge", null, "How long an unlinked file is kept after it was last asked for."),
        ("variables", "blender, blenderArgs",
            "Values that differ by platform: `NAME: {is_twoway: true, values: [{platform: linux, value: …}]}`, as in Flamenco. A variable of yours replaces the "
            + "default of the same name."),
        ("task_timeout", null, "How long a running task may go without a report before it is given back; `0` turns this check and that of workers off."),
        ("worker_timeout", null, "How long a worker may be silent before its tasks are given back; `0` turns the check off."),
        ("task_fail_after_softfail_count", null, "A task fails for good after this many different workers failed it."),
        ("blocklist_threshold", null, "A worker that failed this many tasks of one type of one job gets no more of them."),
        ("autodiscoverable", null, "Whether workers on the local network find this farm by themselves (SSDP)."),
        ("advertised_version", null, "The version that Flamenco clients are told. Blender's add-on submits only to a manager of its own version."),
        ("networks", "loopback, private",
            "Who is answered at all: `loopback`, `private` (link-local included), `cgnat`, `any`, addresses, or networks such as `10.1.0.0/16`."),
        ("hosts", "", "Names of this server beside the machine's own: a name, `*.domain`, or `*` for any."),
        ("trusted_proxies", "none", "Reverse proxies whose `X-Forwarded-For`, `-Proto` and `-Host` are believed, written as in `networks`."),
        ("artifacts.max_file_bytes", null, "The largest file that a task may leave with its job, in bytes (16 GiB)."),
        ("artifacts.max_job_bytes", null, "The most bytes that the tasks of one job may leave (256 GiB)."),
        ("artifacts.max_job_files", null, "The most files that the tasks of one job may leave."),
        ("max_body_bytes", null, "The longest request in bytes, where a protocol has no limit of its own (4 MiB)."),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<SettingDescription> All { get; } = Describe(modules);

    /// <inheritdoc/>
    public IReadOnlyList<IgnoredKey> Ignored { get; } =
    [
        new("database", "Jobs are in `farm.db` of the data directory."),
        new("database_check_period", "The database is checked when it is opened, and each backup of it is verified."),
        new("local_manager_storage_path", "Logs and images are in the data directory."),
        new("mqtt", "No events are sent over MQTT."),
        new("ffmpeg", "Small versions of uploaded frames are made without FFmpeg; workers use their own for videos."),
        new("_meta", "Only `version: 3` is known; another version is refused."),
    ];

    private static IReadOnlyList<SettingDescription> Describe(IReadOnlyList<IProtocolModule> modules)
    {
        var defaults = SettingsDocument.Flatten(SettingsDocument.Write(new SettingsSource("", "") { Modules = modules }.Read([]), modules));
        return [.. Meanings.Concat(modules.SelectMany(OfModule)).Select(setting => new SettingDescription(
            setting.Key,
            setting.Default ?? Value(defaults, setting.Key.Replace('.', ':')),
            setting.Meaning,
            CurrentSettings.AppliedAtOnce.Contains(setting.Key.Split('.')[0])))];
    }

    private static IEnumerable<(string Key, string? Default, string Meaning)> OfModule(IProtocolModule module) =>
        ContractSettings.KeysOf(module).Select(key => ($"contracts.{module.Name}.{key.Name}", (string?)null, key.Meaning));

    /// <summary>A list is shown with commas.</summary>
    private static string Value(Dictionary<string, string?> defaults, string key)
    {
        if (defaults.TryGetValue(key, out var value)) return value ?? "";
        var items = Enumerable.Range(0, defaults.Count).Select(index => defaults.GetValueOrDefault($"{key}:{index}")).TakeWhile(item => item is not null);
        return string.Join(", ", items);
    }
}
