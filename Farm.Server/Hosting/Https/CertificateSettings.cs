namespace Farm.Server.Hosting.Https;

/// <summary>The certificate for https.</summary>
internal sealed record CertificateSettings
{
    /// <summary>The value of <c>certificate</c> for a certificate that Farm makes itself.</summary>
    public const string SelfSigned = "self-signed";

    /// <summary>The environment variable with the password of the private key or the PFX file.</summary>
    public const string PasswordVariable = "FARM_CERTIFICATE_PASSWORD";

    /// <summary>The absolute path of a PEM file, with the certificates of its authorities, or of a PFX file; <see cref="SelfSigned"/>; empty for none.</summary>
    public string File { get; init; } = "";

    /// <summary>The absolute path of the private key as PEM; empty if it is in <see cref="File"/>.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>The absolute path of a file with the password; empty for <see cref="PasswordVariable"/>, or no password.</summary>
    public string PasswordFile { get; init; } = "";

    /// <summary>Whether browsers may be told to use only https for this host name (HSTS).</summary>
    public bool IsHstsAllowed { get; init; } = true;

    /// <summary>Whether Farm makes the certificate.</summary>
    public bool IsSelfSigned => File == SelfSigned;
}
