using System.Security.Cryptography;
using System.Text;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Managers;

namespace Farm.Server.Operations.Accounts;

/// <summary>Creates session tokens and the hashes under which they are stored.</summary>
internal sealed class SessionTokens
{
    private const int KeySize = 32;
    private const string KeyName = "sessions";

    private readonly byte[] _key;

    private SessionTokens(byte[] key) => _key = key;

    /// <summary>
    /// Reads the key, or creates it: where several managers may share the database, it is there; otherwise in the data directory, in a file that only
    /// its owner can read.
    /// </summary>
    public static SessionTokens Open(FarmStore store) => store.IsShared ? OfDatabase(store) : OfDirectory(store);

    private static SessionTokens OfDatabase(FarmStore store) => new(
        Stored(store) ?? store.WriteAsync(tx => FarmKeyTable.GetOrAdd(tx.Db, KeyName, InFile(store) ?? NewKey())).GetAwaiter().GetResult());

    private static SessionTokens OfDirectory(FarmStore store)
    {
        if (InFile(store) is { } known) return new SessionTokens(known);
        var key = Stored(store) ?? NewKey();
        PrivateFile.Write(store.Directory.SessionKey, key);
        return new SessionTokens(key);
    }

    /// <summary>Also looked for where the key is in the file, because the farm may have been moved.</summary>
    private static byte[]? Stored(FarmStore store) => store.Read(db => FarmKeyTable.Find(db, KeyName));

    private static byte[]? InFile(FarmStore store) =>
        File.Exists(store.Directory.SessionKey) && File.ReadAllBytes(store.Directory.SessionKey) is { Length: KeySize } key ? key : null;

    private static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeySize);

    /// <summary>A new token: 64 random lowercase hex digits.</summary>
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>A new nonce for <see cref="Of"/>.</summary>
    public static byte[] NewNonce() => RandomNumberGenerator.GetBytes(32);

    /// <summary>The token derived from a nonce: 32 lowercase hex digits, always the same for the same nonce (Contracts/FlowServ/Contract.md section 4.1).</summary>
    public string Of(byte[] nonce) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, nonce).AsSpan(0, 16));

    /// <summary>The hash to store. Tokens are long and random, so a fast hash is enough.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
