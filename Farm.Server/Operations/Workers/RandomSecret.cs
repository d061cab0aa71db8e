using System.Security.Cryptography;
using System.Text;

namespace Farm.Server.Operations.Workers;

/// <summary>
/// Secrets created by the farm: 32 random bytes in base64. They cannot be guessed, so they are stored with a fast hash:
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

    /// <summary>Whether a text has the format of such a hash.</summary>
    public static bool IsHash(string text) => text.StartsWith(Form, StringComparison.Ordinal);

    /// <summary>Whether a secret matches a hash, compared in constant time; false for a hash in another format.</summary>
    public static bool Matches(string secret, string hash) =>
        IsHash(hash) && CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(hash[Form.Length..]), Digest(secret));

    private static byte[] Digest(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
