using System.ComponentModel.DataAnnotations;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Hosting.Configuration;

/// <summary>Keys of Flamenco's file, and of older files of this farm, that are accepted and have no effect.</summary>
internal sealed record IgnoredFlamencoKeys
{
    /// <summary>The value of <c>local_manager_storage_path</c> where settings are shown.</summary>
    public const string ArtifactsDirectory = "artifacts";

    /// <summary>The first part of each key.</summary>
    public static IReadOnlyList<string> Names { get; } = ["_meta", "database_check_period", "local_manager_storage_path", "mqtt", "ffmpeg"];

    [ConfigurationKeyName("_meta:version")]
    [AllowedValues("3", ErrorMessage = "is an unknown version of the file; expected 3")]
    public string Version { get; init; } = "3";

    [ConfigurationKeyName("database_check_period")]
    public TimeSpan DatabaseCheckPeriod { get; init; }

    [ConfigurationKeyName("local_manager_storage_path")]
    public string LocalStorage { get; init; } = "";

    [ConfigurationKeyName("mqtt:client:enabled")]
    public bool Mqtt { get; init; }

    [ConfigurationKeyName("ffmpeg")]
    public string Ffmpeg { get; init; } = "";

    /// <summary>One warning per key whose value would do something in Flamenco.</summary>
    /// <exception cref="SettingException">A value is invalid, or the file has an unknown version.</exception>
    public static IReadOnlyList<string> Warnings(IConfiguration configuration)
    {
        var keys = SettingsBinder.Bind<IgnoredFlamencoKeys>(configuration);
        List<string> warnings = [];
        if (keys.DatabaseCheckPeriod > TimeSpan.Zero)
            warnings.Add("database_check_period: not used, the database is checked when it is opened, and each backup is verified");
        if (keys.LocalStorage is not ("" or ArtifactsDirectory))
            warnings.Add("local_manager_storage_path: not used, logs and images are in the data directory (--data)");
        if (keys.Mqtt) warnings.Add("mqtt: not used, this farm sends no events over MQTT");
        if (keys.Ffmpeg.Length > 0) warnings.Add("ffmpeg: not used, previews are made without FFmpeg");
        return warnings;
    }
}
