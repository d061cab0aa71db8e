using System.Security.Cryptography;
using System.Text;

namespace Farm.Server.Worker.Protocol;

/// <summary>How a farm proves that it knows a worker's secret, before the worker sends it (Contracts/Farm/Contract.md section 6).</summary>
internal static class FarmProof
{
    private const int Bytes = 32;
    private const int IdDigits = 32;
    private const int MaxIterations = 1_000_000;

    /// <summary>A new nonce.</summary>
    public static string NewNonce() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>A farm's id as it was sent; null for anything else, because it becomes part of a file name.</summary>
    public static string? IdIn(string? text) => text is { Length: IdDigits } && text.All(char.IsAsciiHexDigitLower) ? text : null;

    /// <summary>Whether the answer to a nonce is by somebody who knows the hash of the secret.</summary>
    public static bool Matches(FarmIdentityAnswer answer, string nonce, string secret)
    {
        var salt = new byte[Bytes * 2];
        if (answer is not { Iterations: > 0 and <= MaxIterations, Salt: { } text, Proof: { } proof } || !Convert.TryFromBase64String(text, salt, out var length)) return false;
        var key = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(secret), salt.AsSpan(0, length), answer.Iterations.Value, HashAlgorithmName.SHA256, Bytes);
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes($"farm-identity {answer.Id} {nonce}")));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.UTF8.GetBytes(proof));
    }
}
