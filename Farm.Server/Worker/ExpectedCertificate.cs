using Farm.Server.Worker.Protocol;
using Farm.Server.Worker.State;

namespace Farm.Server.Worker;

/// <summary>The certificate that the manager must show: the one whose fingerprint was given now or is remembered, or one that this machine trusts.</summary>
/// <param name="options">The options of the worker.</param>
/// <param name="known">The stored credentials; null if there are none.</param>
internal sealed class ExpectedCertificate(WorkerOptions options, Credentials? known)
{
    /// <summary>Whether a fingerprint was given or is remembered.</summary>
    public bool IsKnown => Fingerprint is not null;

    private string? Fingerprint => options.CertificateFingerprint ?? (options.ForgetsCertificate ? null : known?.Certificate);

    /// <summary>The certificate that is accepted from a manager.</summary>
    /// <remarks>
    /// A remembered fingerprint is that of the farm, whose address may have changed; at another address, another farm with a certificate that this
    /// machine trusts may be meant.
    /// </remarks>
    /// <exception cref="WorkerStartException">A fingerprint was given for a manager without https.</exception>
    public ServerTrust For(Uri manager)
    {
        if (manager.Scheme != Uri.UriSchemeHttps && options.CertificateFingerprint is not null)
            throw new WorkerStartException($"--certificate-fingerprint needs a manager with https, and {manager} is not encrypted");
        return new ServerTrust(manager, Fingerprint, isExact: options.CertificateFingerprint is not null || known?.Manager == manager.AbsoluteUri);
    }

    /// <summary>What to remember with credentials.</summary>
    /// <param name="options">The options of the worker.</param>
    /// <param name="before">What was remembered for the same farm; null for nothing.</param>
    public static string? ToRemember(WorkerOptions options, string? before) =>
        options.CertificateFingerprint ?? (options.ForgetsCertificate ? null : before);
}
