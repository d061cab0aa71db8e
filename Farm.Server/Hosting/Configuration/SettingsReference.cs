using Farm.Server.Docs;

namespace Farm.Server.Hosting.Configuration;

/// <summary>Describes every setting. Defaults and what applies at once come from the settings themselves; only the meanings are written here.</summary>
internal sealed class SettingsReference : ISettingsReference
{
    private const string Contract = "contracts";

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
        .. Switches("flamenco"),
        .. Switches("deadline"),
        ("contracts.deadline.user", "", "The user that Deadline's clients must send by HTTP Basic; without it nothing is asked for."),
        ("contracts.deadline.password_hash", "", "The hash of that user's password, as `farm hash-password` prints it."),
        .. Switches("task_tracker"),
        ("contracts.task_tracker.api_prefix", null, "The protocol's routes are served below this path too; empty for nowhere else."),
        ("contracts.task_tracker.cookie", null, "The name of the session cookie, on the dashboard too."),
        ("contracts.task_tracker.session_lifetime", null, "How long a sign-in lasts, on the dashboard too."),
        ("contracts.task_tracker.branches", null, "Pushes to these branches set the version of a project."),
        ("contracts.task_tracker.snapshot_interval", null, "How often the numbers of each project are recorded."),
        ("contracts.task_tracker.snapshot_history", null, "How long those records are kept."),
        ("contracts.task_tracker.reclaim_interval", null, "How often tasks that a worker kept too long are taken back."),
        ("contracts.task_tracker.assign_time", null, "How long a worker may keep a task that sets no time of its own."),
        ("contracts.task_tracker.log_level", null, "Lines of workers from this level on go to the farm's log."),
        ("contracts.task_tracker.stored_log_levels", null, "Lines of these levels are stored for everybody to read."),
        ("contracts.task_tracker.kept_log_lines", null, "How many stored lines are kept."),
        .. Switches("flowserv"),
        ("contracts.flowserv.token_lifetime", null, "How long a sign-in lasts."),
        ("contracts.flowserv.upload_limit", null, "The largest uploaded file in bytes (16 MiB)."),
        ("contracts.flowserv.password_reset", null,
            "Whether a forgotten password can be reset. The reset hands its id to whoever asks, except for administrators: turn it off where that matters."),
        .. Switches("aspire"),
        ("contracts.aspire.worker_timeout", null, "A worker that has not called for this long loses its batches; `0` turns the check off."),
        ("contracts.aspire.retry_limit", null, "An entry that was failed, or lost with its worker, this many times is failed for good."),
        ("contracts.aspire.forward_releases", null,
            "Whether workers are told when a seed is released, at the addresses that they gave, if those are in `networks`."),
        .. Switches("farm"),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<SettingDescription> All { get; } = Describe();

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

    private static (string, string?, string)[] Switches(string contract) =>
    [
        ($"{Contract}.{contract}.enabled", null, "Whether this protocol is served."),
        ($"{Contract}.{contract}.prefix", "", "A path in front of all routes of this protocol, such as `/render`."),
    ];

    private static IReadOnlyList<SettingDescription> Describe()
    {
        var defaults = SettingsDocument.Flatten(SettingsDocument.Write(new SettingsSource("", "").Read([])));
        return [.. Meanings.Select(setting => new SettingDescription(
            setting.Key,
            setting.Default ?? Value(defaults, setting.Key.Replace('.', ':')),
            setting.Meaning,
            CurrentSettings.AppliedAtOnce.Contains(setting.Key.Split('.')[0])))];
    }

    /// <summary>A list is shown with commas.</summary>
    private static string Value(Dictionary<string, string?> defaults, string key)
    {
        if (defaults.TryGetValue(key, out var value)) return value ?? "";
        var items = Enumerable.Range(0, defaults.Count).Select(index => defaults.GetValueOrDefault($"{key}:{index}")).TakeWhile(item => item is not null);
        return string.Join(", ", items);
    }
}
