using System.Security.Cryptography;
using System.Text;
using Farm.Server.Operations.Workers;

namespace Farm.Server.Operations.Access;

/// <summary>
/// A user and the hash of a password, from the settings. A password is checked once with the slow hash and then remembered in memory as a
/// keyed digest, so that scripts which poll stay cheap (Docs/design.md section 7).
/// </summary>
internal sealed class BasicLogin(string user, string passwordHash)
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private volatile byte[]? _known;

    /// <summary>The user.</summary>
    public string User => user;

    /// <summary>The hash of the password.</summary>
    public string PasswordHash => passwordHash;

    /// <summary>Whether these are the user and the password.</summary>
    public async ValueTask<bool> CheckAsync(string name, string password)
    {
        var isUser = CryptographicOperations.FixedTimeEquals(Digest(name), Digest(user));
        var digest = Digest(password);
        if (_known is { } known && CryptographicOperations.FixedTimeEquals(known, digest)) return isUser;
        if (!await SecretHash.MatchesThrottledAsync(password, passwordHash)) return false;
        _known = digest;
        return isUser;
    }

    private byte[] Digest(string text) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text));
}
