using System.Text.Json.Nodes;
using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Contracts.FlowServ;

/// <summary>Reads and writes what can be set in <c>contracts: {flowserv: …}</c> (Contracts/FlowServ/Contract.md sections 1 and 4.1).</summary>
internal sealed class FlowServSettingsSection : ModuleSettings<FlowServSettings>
{
    /// <inheritdoc/>
    public override IReadOnlyList<SettingKey> Keys { get; } =
    [
        new("token_lifetime", "How long a sign-in lasts."),
        new("upload_limit", "The largest uploaded file in bytes (16 MiB)."),
        new(
            "password_reset",
            "Whether a forgotten password can be reset. The reset hands its id to whoever asks, except for administrators: turn it off where that matters."),
    ];

    /// <inheritdoc/>
    public override FlowServSettings Read(IConfigurationSection section)
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

    /// <inheritdoc/>
    public override void Write(FlowServSettings settings, JsonObject document)
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
