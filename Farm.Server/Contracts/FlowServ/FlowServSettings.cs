namespace Farm.Server.Contracts.FlowServ;

/// <summary>What a studio can set about this protocol.</summary>
internal sealed record FlowServSettings
{
    /// <summary>The most bytes of an upload.</summary>
    public long UploadLimit { get; init; } = 16 * 1024 * 1024;

    /// <summary>How long a token is valid after the last login.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Whether whoever asks can set a new password for somebody; never for an administrator (Contracts/FlowServ/Contract.md section 4.1).</summary>
    public bool PasswordReset { get; init; } = true;
}
