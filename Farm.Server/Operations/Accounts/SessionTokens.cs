using System.Security.Cryptography;
using System.Text;
using Farm.Server.Store.Engine;

namespace Farm.Server.Operations.Accounts;

/// <summary>Makes the tokens by which people are known after they signed in, and what the store keeps of them.</summary>
internal sealed class SessionTokens
{
    private const int KeySize = 32;

    private readonly byte[] _key;

    private SessionTokens(byte[] key) => _key = key;

    /// <summary>Reads the key of a data directory, making one where there is none, readable by its owner only.</summary>
    public static SessionTokens OfDirectory(DataDirectory directory)
    {
        var known = File.Exists(directory.SessionKey) ? File.ReadAllBytes(directory.SessionKey) : [];
        if (known.Length == KeySize) return new SessionTokens(known);
        var key = RandomNumberGenerator.GetBytes(KeySize);
        PrivateFile.Write(directory.SessionKey, key);
        return new SessionTokens(key);
    }

    /// <summary>A new token that nobody can guess: 64 lowercase hex digits from chance.</summary>
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>A new nonce for <see cref="Of"/>.</summary>
    public static byte[] NewNonce() => RandomNumberGenerator.GetBytes(32);

    /// <summary>The token that follows from a nonce: 32 lowercase hex digits, always the same ones (Contracts/FlowServ/Contract.md section 4.1).</summary>
    public string Of(byte[] nonce) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, nonce).AsSpan(0, 16));

    /// <summary>What the store keeps of a token. Tokens are long and from chance: a fast hash is enough.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
