using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Farm.Server.Hosting.Https;

/// <summary>A certificate with its private key and the certificates of its authorities.</summary>
/// <param name="Leaf">The certificate of this server.</param>
/// <param name="Context">What the server sends to clients.</param>
/// <param name="Stamp">The stamp of the contents that it was read from.</param>
internal sealed record ServerCertificate(X509Certificate2 Leaf, SslStreamCertificateContext Context, string Stamp)
{
    /// <summary>By which people and workers recognise it.</summary>
    public string Fingerprint { get; } = CertificateFingerprint.Of(Leaf);

    /// <summary>When it begins to be valid.</summary>
    public DateTimeOffset NotBefore { get; } = Leaf.NotBefore;

    /// <summary>When it expires.</summary>
    public DateTimeOffset NotAfter { get; } = Leaf.NotAfter;

    /// <summary>Whether no authority has signed it.</summary>
    public bool IsSelfSigned { get; } = Leaf.SubjectName.RawData.AsSpan().SequenceEqual(Leaf.IssuerName.RawData);

    /// <summary>The host names that it is for, without addresses and wildcards.</summary>
    public IReadOnlyList<string> HostNames { get; } =
    [
        .. Leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(names => names.EnumerateDnsNames())
            .Where(name => !name.StartsWith('*')).Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>The host names by which clients must call the server, as they verify the certificate; empty if they know it by its fingerprint.</summary>
    public IReadOnlyList<string> VerifiedHostNames => IsSelfSigned ? [] : HostNames;
}
