using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Farm.Server;

namespace Farm.Tests.Hosting.Https;

/// <summary>A certificate with its key, for one test.</summary>
internal sealed class TestCertificate : IDisposable
{
    private const string ForServers = "1.3.6.1.5.5.7.3.1";

    private readonly X509Certificate2 _certificate;

    private TestCertificate(X509Certificate2 certificate) => _certificate = certificate;

    public string Fingerprint => CertificateFingerprint.Of(_certificate);

    public string Pem => _certificate.ExportCertificatePem() + "\n";

    public string Key => _certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>Makes a certificate that is valid from a year before the time.</summary>
    /// <param name="now">The time; null for that of the machine.</param>
    /// <param name="days">How many days it is still valid; negative for an expired one.</param>
    /// <param name="authority">Who signs it; null for nobody.</param>
    /// <param name="isAuthority">Whether it may sign others.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="name">Its host name.</param>
    public static TestCertificate Make(
        DateTimeOffset? now = null, int days = 300, TestCertificate? authority = null, bool isAuthority = false, string purpose = ForServers, string name = "farm.studio.lan")
    {
        var end = (now ?? DateTimeOffset.UtcNow).AddDays(days);
        var start = end.AddDays(-365 - Math.Max(days, 0));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, critical: true));
        if (!isAuthority)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: false));
        }

        if (authority is null) return new TestCertificate(request.CreateSelfSigned(start, end));
        using var issued = request.Create(authority._certificate, start, end, RandomNumberGenerator.GetBytes(16));
        return new TestCertificate(issued.CopyWithPrivateKey(key));
    }

    /// <summary>An authority whose certificates last for the whole test.</summary>
    public static TestCertificate Authority() => Make(days: 3000, isAuthority: true, name: "Studio authority");

    public string EncryptedKey(string password) => _certificate.GetECDsaPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem(
        password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)) + "\n";

    public byte[] Pfx(string? password, TestCertificate? authority = null)
    {
        var all = new X509Certificate2Collection(_certificate);
        if (authority is not null) all.ImportFromPem(authority.Pem);
        return all.Export(X509ContentType.Pfx, password)!;
    }

    /// <summary>The certificate without its key, in binary form.</summary>
    public byte[] Der() => _certificate.Export(X509ContentType.Cert);

    public void Dispose() => _certificate.Dispose();
}
