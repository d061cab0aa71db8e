using System.ComponentModel;
using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Contracts.FlowServ;

/// <summary>Settings of this protocol.</summary>
internal sealed record FlowServSettings
{
    /// <summary>The origins whose pages may call the protocol; none by default, as a run of a workflow runs commands on workers.</summary>
    [ConfigurationKeyName("origins")]
    [Description("Pages of these origins may call the protocol from a browser (CORS), for example `https://lab.example`. Pages of all others are refused.")]
    [Origins]
    public IReadOnlyList<string> Origins { get; init; } = [];

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

    /// <summary>Whether anyone, not only administrators, can reset the password of a non-administrator (Contracts/FlowServ/Contract.md section 4.1).</summary>
    [ConfigurationKeyName("password_reset")]
    [Description("Whether anyone can reset a forgotten password, and so that of anybody but administrators. Otherwise only administrators reset passwords.")]
    public bool PasswordReset { get; init; }
}
