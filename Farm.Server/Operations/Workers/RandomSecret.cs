using System.Security.Cryptography;
using System.Text;

namespace Farm.Server.Operations.Workers;

/// <summary>
/// Secrets that the farm makes: 32 random bytes in base64. There are too many to try, so the hash under which they are stored is a fast one:
/// <c>sha256$hash</c>.
/// </summary>
internal static class RandomSecret
{
    private const string Form = "sha256$";
    private const int Size = 32;

    /// <summary>A new secret.</summary>
    public static string Make() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(Size));

    /// <summary>The hash of a secret.</summary>
    public static string Hash(string secret) => Form + Convert.ToBase64String(Digest(secret));

    /// <summary>Whether a text has the form of such a hash.</summary>
    public static bool IsHash(string text) => text.StartsWith(Form, StringComparison.Ordinal);

    /// <summary>Whether a secret is the one that was hashed; compares in constant time. No secret has a hash of another form.</summary>
    public static bool Matches(string secret, string hash) =>
        IsHash(hash) && CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(hash[Form.Length..]), Digest(secret));

    private static byte[] Digest(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
