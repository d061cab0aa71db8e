using System.Text.Json.Nodes;
using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Contracts.TaskTracker;

/// <summary>Reads and writes what can be set in <c>contracts: {task_tracker: …}</c> (Contracts/TaskTracker/Contract.md section 5.11).</summary>
internal sealed class TrackerSettingsSection : ModuleSettings<TrackerSettings>
{
    private const string CookieLetters = "!#$%&'*+-.^_`|~";

    /// <inheritdoc/>
    public override IReadOnlyList<SettingKey> Keys { get; } =
    [
        new("api_prefix", "The protocol's routes are served below this path too; empty for nowhere else."),
        new("cookie", "The name of the session cookie, on the dashboard too."),
        new("session_lifetime", "How long a sign-in lasts, on the dashboard too."),
        new("branches", "Pushes to these branches set the version of a project."),
        new("snapshot_interval", "How often the numbers of each project are recorded."),
        new("snapshot_history", "How long those records are kept."),
        new("reclaim_interval", "How often tasks that a worker kept too long are taken back."),
        new("assign_time", "How long a worker may keep a task that sets no time of its own."),
        new("log_level", "Lines of workers from this level on go to the farm's log."),
        new("stored_log_levels", "Lines of these levels are stored for everybody to read."),
        new("kept_log_lines", "How many stored lines are kept."),
    ];

    /// <inheritdoc/>
    public override TrackerSettings Read(IConfigurationSection section)
    {
        var read = new SettingReader(section);
        var defaults = new TrackerSettings();
        var projects = defaults.Projects;
        return new TrackerSettings
        {
            ApiPrefix = Prefix(section, defaults.ApiPrefix),
            Cookie = Cookie(section, defaults.Cookie),
            SessionLifetime = Positive(section, "session_lifetime", defaults.SessionLifetime),
            Branches = List(section, "branches") ?? defaults.Branches,
            Projects = new ProjectSettings
            {
                SnapshotInterval = Positive(section, "snapshot_interval", projects.SnapshotInterval),
                SnapshotHistory = read.Duration("snapshot_history", projects.SnapshotHistory),
                ReclaimInterval = Positive(section, "reclaim_interval", projects.ReclaimInterval),
                AssignTime = Positive(section, "assign_time", projects.AssignTime),
                LogLevel = section["log_level"] is { } level ? Level(section, "log_level", level) : projects.LogLevel,
                StoredLogLevels = List(section, "stored_log_levels")?.Select(name => Level(section, "stored_log_levels", name)).Distinct().Order().ToList()
                    ?? projects.StoredLogLevels,
                KeptLogLines = read.Count("kept_log_lines", projects.KeptLogLines),
            },
        };
    }

    /// <inheritdoc/>
    public override void Write(TrackerSettings settings, JsonObject document)
    {
        document["api_prefix"] = settings.ApiPrefix;
        document["cookie"] = settings.Cookie;
        document["session_lifetime"] = GoDuration.Text(settings.SessionLifetime);
        document["branches"] = Texts(settings.Branches);
        document["snapshot_interval"] = GoDuration.Text(settings.Projects.SnapshotInterval);
        document["snapshot_history"] = GoDuration.Text(settings.Projects.SnapshotHistory);
        document["reclaim_interval"] = GoDuration.Text(settings.Projects.ReclaimInterval);
        document["assign_time"] = GoDuration.Text(settings.Projects.AssignTime);
        document["log_level"] = Name(settings.Projects.LogLevel);
        document["stored_log_levels"] = Texts(settings.Projects.StoredLogLevels.Select(Name));
        document["kept_log_lines"] = settings.Projects.KeptLogLines;
    }

    private static string Prefix(IConfigurationSection section, string otherwise)
    {
        var prefix = (section["api_prefix"]?.Trim() ?? otherwise).TrimEnd('/');
        return prefix.Length == 0 || prefix.StartsWith('/')
            ? prefix
            : throw new SettingException($"{section.Path}:api_prefix", prefix, "must begin with a slash");
    }

    private static string Cookie(IConfigurationSection section, string otherwise)
    {
        var name = section["cookie"]?.Trim() ?? otherwise;
        return name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || CookieLetters.Contains(letter))
            ? name
            : throw new SettingException($"{section.Path}:cookie", name, "is no name of a cookie: letters and digits make one");
    }

    private static TimeSpan Positive(IConfigurationSection section, string key, TimeSpan otherwise)
    {
        var value = new SettingReader(section).Duration(key, otherwise);
        return value > TimeSpan.Zero ? value : throw new SettingException($"{section.Path}:{key}", section[key], "must be longer than 0");
    }

    private static ProjectLogLevel Level(IConfigurationSection section, string key, string name) =>
        Enum.TryParse<ProjectLogLevel>(name.Trim(), ignoreCase: true, out var level) && Enum.IsDefined(level) && !int.TryParse(name, out _)
            ? level
            : throw new SettingException(
                $"{section.Path}:{key}", name, $"is no level; there are: {string.Join(", ", Enum.GetValues<ProjectLogLevel>().Select(Name))}");

    private static string Name(ProjectLogLevel level) => level.ToString().ToLowerInvariant();

    /// <summary>A list, or one text with commas; null when it is absent.</summary>
    private static List<string>? List(IConfigurationSection section, string key)
    {
        var list = section.GetSection(key);
        var children = list.GetChildren().Select(child => child.Value ?? "").ToList();
        if (children.Count == 0 && list.Value is null) return null;
        return [.. (children.Count > 0 ? children : (list.Value ?? "").Split(',').ToList()).Select(text => text.Trim()).Where(text => text.Length > 0)];
    }

    private static JsonArray Texts(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode?)value)]);
}
