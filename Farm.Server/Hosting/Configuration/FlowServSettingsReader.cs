using System.Text.Json.Nodes;
using Farm.Server.Contracts.FlowServ;

namespace Farm.Server.Hosting.Configuration;

/// <summary>Reads and writes what can be set in <c>contracts: {flowserv: …}</c> (Contracts/FlowServ/Contract.md sections 1 and 4.1).</summary>
internal static class FlowServSettingsReader
{
    /// <summary>The keys that no other protocol has.</summary>
    public static readonly string[] Keys = ["token_lifetime", "upload_limit", "password_reset"];

    /// <summary>Reads the section; what is absent keeps its default.</summary>
    /// <exception cref="SettingException">A value cannot be used.</exception>
    public static FlowServSettings Read(IConfigurationSection section)
    {
        var read = new SettingReader(section);
        var defaults = new FlowServSettings();
        var lifetime = read.Duration("token_lifetime", defaults.TokenLifetime);
        if (lifetime <= TimeSpan.Zero) throw new SettingException($"{section.Path}:token_lifetime", section["token_lifetime"], "must be longer than 0");
        return new FlowServSettings
        {
            TokenLifetime = lifetime,
            UploadLimit = Bytes(section, "upload_limit", defaults.UploadLimit),
            PasswordReset = read.Flag("password_reset", defaults.PasswordReset),
        };
    }

    /// <summary>Writes all values under their keys.</summary>
    public static void Write(FlowServSettings settings, JsonObject document)
    {
        document["token_lifetime"] = GoDuration.Text(settings.TokenLifetime);
        document["upload_limit"] = settings.UploadLimit;
        document["password_reset"] = settings.PasswordReset;
    }

    private static long Bytes(IConfigurationSection section, string key, long otherwise) => section[key] switch
    {
        null => otherwise,
        var text when long.TryParse(text, out var bytes) && bytes > 0 => bytes,
        var text => throw new SettingException($"{section.Path}:{key}", text, "must be a number of bytes greater than 0"),
    };
}
