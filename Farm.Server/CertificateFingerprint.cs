using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Farm.Server;

/// <summary>The SHA-256 of a certificate as 64 lower-case hexadecimal digits, by which people and workers recognise it.</summary>
internal static class CertificateFingerprint
{
    private const int Digits = 64;

    /// <summary>The fingerprint of a certificate.</summary>
    public static string Of(X509Certificate certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant();

    /// <summary>Reads a fingerprint as Farm, browsers or openssl print it: in any case, with or without colons and spaces. Null for another text.</summary>
    public static string? Parse(string text)
    {
        var digits = text.Replace(":", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return digits.Length == Digits && digits.All(char.IsAsciiHexDigitLower) ? digits : null;
    }
}
