using System.ComponentModel;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Contracts.FlowServ;

/// <summary>What a studio can set about this protocol.</summary>
internal sealed record FlowServSettings
{
    /// <summary>How long a token is valid after the last login.</summary>
    [ConfigurationKeyName("token_lifetime")]
    [Description("How long a sign-in lasts.")]
    [LongerThanZero]
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The most bytes of an upload.</summary>
    [ConfigurationKeyName("upload_limit")]
    [Description("The largest uploaded file in bytes (16 MiB).")]
    [GreaterThanZero]
    public long UploadLimit { get; init; } = 16 * 1024 * 1024;

    /// <summary>Whether whoever asks can set a new password for somebody; never for an administrator (Contracts/FlowServ/Contract.md section 4.1).</summary>
    [ConfigurationKeyName("password_reset")]
    [Description("Whether a forgotten password can be reset. The reset hands its id to whoever asks, except for administrators: turn it off where that matters.")]
    public bool PasswordReset { get; init; } = true;
}
