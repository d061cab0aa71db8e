using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Hosting.Https;

/// <summary>Reads certificates and their private keys, as PEM or PFX.</summary>
internal static class CertificateReader
{
    /// <summary>The setting that names the certificate.</summary>
    public const string CertificateKey = "certificate";

    /// <summary>The setting that names the private key.</summary>
    public const string PrivateKeyKey = "certificate_key";

    private const string CertificateLabel = "CERTIFICATE";
    private const string EncryptedLabel = "ENCRYPTED PRIVATE KEY";
    private const string ServerPurpose = "1.3.6.1.5.5.7.3.1";
    private const string GivePassword = $"give it in the environment variable {CertificateSettings.PasswordVariable}, or in a file that certificate_password_file names";

    /// <summary>The certificate in the contents.</summary>
    /// <exception cref="SettingException">It has no usable certificate with its private key.</exception>
    public static ServerCertificate Read(CertificateContents contents)
    {
        var (leaf, others) = IsPem(contents.Certificate) ? ReadPem(contents) : ReadPfx(contents);
        var purposes = leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault();
        if (purposes is not null && !purposes.EnhancedKeyUsages.Cast<Oid>().Any(purpose => purpose.Value == ServerPurpose))
            throw Unusable(contents, "is not for servers; get one for TLS web server authentication");
        try
        {
            // Without the network: authorities that are not in the file are not fetched.
            return new ServerCertificate(leaf, SslStreamCertificateContext.Create(leaf, others, offline: true), contents.Stamp());
        }
        catch (CryptographicException broken)
        {
            throw Unusable(contents, $"cannot be used: {broken.Message}");
        }
    }

    /// <summary>The fingerprint of the first certificate in a PEM file, for which no key is needed; null if there is none.</summary>
    public static string? Fingerprint(byte[] file)
    {
        try
        {
            if (!IsPem(file) || Blocks(Text(file), CertificateLabel) is not [var first, ..]) return null;
            using var certificate = X509Certificate2.CreateFromPem(first);
            return CertificateFingerprint.Of(certificate);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static (X509Certificate2 Leaf, X509Certificate2Collection Others) ReadPem(CertificateContents contents)
    {
        var certificates = Blocks(Text(contents.Certificate), CertificateLabel);
        if (certificates.Count == 0) throw Unusable(contents, "holds no certificate");
        var key = Text(contents.Key ?? contents.Certificate);
        if (!Labels(key).Any(label => label.EndsWith("PRIVATE KEY", StringComparison.Ordinal)))
        {
            throw contents.KeyPath is { } path
                ? new SettingException(PrivateKeyKey, path, "holds no private key")
                : Unusable(contents, "holds no private key; name the file of the key in certificate_key");
        }

        var isEncrypted = Labels(key).Contains(EncryptedLabel);
        if (isEncrypted && contents.Password is null) throw Key(contents, $"needs a password; {GivePassword}");
        // Not every file begins with the certificate of the server.
        foreach (var own in certificates)
        {
            if (Combine(own, key, isEncrypted ? contents.Password : null) is not { } leaf) continue;
            var others = new X509Certificate2Collection();
            foreach (var other in certificates.Where(other => other != own)) others.ImportFromPem(other);
            return (Persisted(leaf), others);
        }

        throw Key(contents, isEncrypted
            ? "cannot be opened with this password, or does not belong to the certificate"
            : $"does not belong to the certificate{(contents.KeyPath is null ? "" : $" in {contents.Path}")}");
    }

    private static X509Certificate2? Combine(string certificate, string key, string? password)
    {
        try
        {
            return password is null ? X509Certificate2.CreateFromPem(certificate, key) : X509Certificate2.CreateFromEncryptedPem(certificate, key, password);
        }
        catch (Exception other) when (other is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private static (X509Certificate2 Leaf, X509Certificate2Collection Others) ReadPfx(CertificateContents contents)
    {
        switch (ContentType(contents.Certificate))
        {
            case X509ContentType.Pkcs12: break;
            case X509ContentType.Cert: throw Unusable(contents, "holds no private key; use a PEM file with certificate_key, or a PFX file");
            default: throw Unusable(contents, "is neither a PEM nor a PFX file");
        }

        if (contents.KeyPath is not null) throw new SettingException(PrivateKeyKey, contents.KeyPath, "is not used with a PFX file, which holds its key; remove it");
        try
        {
            var all = X509CertificateLoader.LoadPkcs12Collection(contents.Certificate, contents.Password);
            var leaf = all.FirstOrDefault(one => one.HasPrivateKey) ?? throw Unusable(contents, "holds no private key");
            return (leaf, [.. all.Where(one => one != leaf)]);
        }
        catch (CryptographicException)
        {
            throw Unusable(contents, contents.Password is null ? $"needs a password; {GivePassword}" : "cannot be opened with this password");
        }
    }

    /// <summary>Windows needs a key that is kept in a store while the certificate is in use.</summary>
    private static X509Certificate2 Persisted(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows()) return certificate;
        using (certificate) return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), password: null);
    }

    private static SettingException Key(CertificateContents contents, string problem) => contents.KeyPath is { } path
        ? new SettingException(PrivateKeyKey, path, problem)
        : Unusable(contents, $"has a private key that {problem}");

    private static SettingException Unusable(CertificateContents contents, string problem) => new(CertificateKey, contents.Path, problem);

    private static X509ContentType ContentType(byte[] file)
    {
        try
        {
            return file.Length == 0 ? X509ContentType.Unknown : X509Certificate2.GetCertContentType(file);
        }
        catch (CryptographicException)
        {
            return X509ContentType.Unknown;
        }
    }

    private static bool IsPem(byte[] file) => file.AsSpan().IndexOf("-----BEGIN "u8) >= 0;

    private static string Text(byte[] file) => Encoding.UTF8.GetString(file);

    private static IEnumerable<string> Labels(string pem) => Fields(pem).Select(field => field.Label);

    private static IReadOnlyList<string> Blocks(string pem, string label) => [.. Fields(pem).Where(field => field.Label == label).Select(field => field.Block)];

    private static IEnumerable<(string Label, string Block)> Fields(string pem)
    {
        for (var rest = pem; PemEncoding.TryFind(rest, out var found); rest = rest[found.Location.End.Value..])
            yield return (rest[found.Label], rest[found.Location]);
    }
}
