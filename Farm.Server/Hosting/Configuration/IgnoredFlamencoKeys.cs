using Farm.Server.Operations.Configuration;

namespace Farm.Server.Hosting.Configuration;

/// <summary>Keys of the original manager's file, and of older files of this farm, that mean nothing here: each is accepted, and named with a sentence that says what is so instead.</summary>
internal static class IgnoredFlamencoKeys
{
    private const string OnlyVersion = "3";

    /// <summary>The first parts of these keys.</summary>
    public static IReadOnlyList<string> Names { get; } = ["_meta", "database", "database_check_period", "local_manager_storage_path", "mqtt", "ffmpeg"];

    /// <summary>A sentence for each key that someone expects something of.</summary>
    /// <exception cref="SettingException">The file says that it has another version than the one that is known.</exception>
    public static IReadOnlyList<string> Warnings(IConfiguration configuration)
    {
        if (configuration["_meta:version"] is { } version && version != OnlyVersion)
            throw new SettingException("_meta:version", version, $"is no version of the file that this farm knows; it knows {OnlyVersion}");
        var read = new SettingReader(configuration);
        List<string> warnings = [];
        if (read.Text("database", "") is { Length: > 0 } and not FarmDatabase)
            warnings.Add("database: not used, the farm keeps its jobs in farm.db of the data directory (--data)");
        if (read.Duration("database_check_period", TimeSpan.Zero) > TimeSpan.Zero)
            warnings.Add("database_check_period: not used, the database is checked when it is opened, and each backup of it is verified");
        if (read.Text("local_manager_storage_path", "") is { Length: > 0 } and not ArtifactsDirectory)
            warnings.Add("local_manager_storage_path: not used, logs and images are in the data directory (--data)");
        if (read.Flag("mqtt:client:enabled", false)) warnings.Add("mqtt: not used, this farm sends no events over MQTT");
        if (read.Text("ffmpeg", "") is { Length: > 0 }) warnings.Add("ffmpeg: not used, previews are made without FFmpeg");
        return warnings;
    }

    /// <summary>What <c>database</c> says where the settings are shown.</summary>
    public const string FarmDatabase = "farm.db";

    /// <summary>What <c>local_manager_storage_path</c> says where the settings are shown.</summary>
    public const string ArtifactsDirectory = "artifacts";
}
