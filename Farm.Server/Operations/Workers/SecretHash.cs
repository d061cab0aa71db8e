using System.Security.Cryptography;
using System.Text;

namespace Farm.Server.Operations.Workers;

/// <summary>The slow, salted hash under which secrets are stored: <c>pbkdf2-sha256$iterations$salt$hash</c>.</summary>
internal static class SecretHash
{
    /// <summary>For random secrets.</summary>
    private const int Iterations = 20_000;

    /// <summary>For passwords chosen by people, which are easier to guess.</summary>
    private const int PasswordIterations = 200_000;

    private const int Size = 32;

    /// <summary>A hash that no secret matches; checking it takes as long as checking a real one.</summary>
    public static string OfNobody { get; } = Make(Convert.ToHexString(RandomNumberGenerator.GetBytes(Size)));

    /// <summary>The same for passwords of people.</summary>
    public static string OfNobodysPassword { get; } = MakePassword(Convert.ToHexString(RandomNumberGenerator.GetBytes(Size)));

    /// <summary>Hashes a secret with a new salt.</summary>
    public static string Make(string secret) => Make(secret, Iterations);

    /// <summary>Hashes a password of a person with a new salt, slower than <see cref="Make(string)"/>.</summary>
    public static string MakePassword(string password) => Make(password, PasswordIterations);

    /// <summary>Whether a text has the format of such a hash.</summary>
    public static bool IsHash(string text) =>
        text.Split('$') is ["pbkdf2-sha256", var iterations, var salt, var hash]
        && int.TryParse(iterations, out var count) && count > 0
        && Convert.TryFromBase64String(salt, new byte[salt.Length], out var saltSize) && saltSize > 0
        && Convert.TryFromBase64String(hash, new byte[hash.Length], out var hashSize) && hashSize == Size;

    /// <summary>The parts of a hash, with which who knows the secret can compute it too; null if a text is none.</summary>
    public static (int Iterations, byte[] Salt, byte[] Hash)? Parts(string text) =>
        IsHash(text) && text.Split('$') is var parts ? (int.Parse(parts[1]), Convert.FromBase64String(parts[2]), Convert.FromBase64String(parts[3])) : null;

    /// <summary>Whether a secret matches a hash; compares in constant time.</summary>
    public static bool Matches(string secret, string hash)
    {
        var parts = hash.Split('$');
        var expected = Convert.FromBase64String(parts[3]);
        return CryptographicOperations.FixedTimeEquals(expected, Derive(secret, Convert.FromBase64String(parts[2]), int.Parse(parts[1])));
    }

    private static string Make(string secret, int iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return $"pbkdf2-sha256${iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(secret, salt, iterations))}";
    }

    private static byte[] Derive(string secret, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(secret), salt, iterations, HashAlgorithmName.SHA256, Size);
}
