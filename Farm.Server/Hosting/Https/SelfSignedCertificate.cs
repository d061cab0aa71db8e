using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Farm.Server.Hosting.Https;

/// <summary>Makes certificates that no authority has signed.</summary>
internal static class SelfSignedCertificate
{
    /// <summary>Some browsers refuse certificates that are valid for more than 825 days.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(820);

    /// <summary>For clients whose clocks are behind.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromDays(1);

    /// <summary>A new certificate and its key, as PEM.</summary>
    /// <param name="names">The host names that it is for; the first one is shown.</param>
    /// <param name="addresses">The addresses that it is for.</param>
    /// <param name="now">The time.</param>
    public static string Make(IReadOnlyList<string> names, IEnumerable<IPAddress> addresses, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddOrganizationName("Farm");
        subject.AddCommonName(names[0]);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names) alternatives.AddDnsName(name);
        foreach (var address in addresses) alternatives.AddIpAddress(address);
        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "TLS Web Server Authentication")], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var certificate = request.CreateSelfSigned(now - Before, now + Lifetime);
        return new StringBuilder().Append(certificate.ExportCertificatePem()).Append('\n').Append(key.ExportPkcs8PrivateKeyPem()).Append('\n').ToString();
    }
}
