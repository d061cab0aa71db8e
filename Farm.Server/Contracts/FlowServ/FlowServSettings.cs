using System.ComponentModel;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Contracts.FlowServ;

/// <summary>Settings of this protocol.</summary>
internal sealed record FlowServSettings
{
    /// <summary>How long a token is valid.</summary>
    [ConfigurationKeyName("token_lifetime")]
    [Description("How long a sign-in lasts.")]
    [LongerThanZero]
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The largest upload in bytes.</summary>
    [ConfigurationKeyName("upload_limit")]
    [Description("The largest uploaded file in bytes (16 MiB).")]
    [GreaterThanZero]
    public long UploadLimit { get; init; } = 16 * 1024 * 1024;

    /// <summary>Whether anyone can reset the password of a non-administrator (Contracts/FlowServ/Contract.md section 4.1).</summary>
    [ConfigurationKeyName("password_reset")]
    [Description("Whether a forgotten password can be reset. Anyone can reset any password except administrators'; set `false` if that matters.")]
    public bool PasswordReset { get; init; } = true;
}
