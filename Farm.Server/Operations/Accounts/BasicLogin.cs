using System.Security.Cryptography;
using System.Text;
using Farm.Server.Operations.Workers;

namespace Farm.Server.Operations.Accounts;

/// <summary>
/// A user and password hash from the settings. A password is checked once with the slow hash and then cached in memory as a keyed digest,
/// so that polling scripts stay cheap (Docs/design.md section 7).
/// </summary>
internal sealed class BasicLogin(string user, string passwordHash)
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private volatile byte[]? _known;

    /// <summary>The user name.</summary>
    public string User => user;

    /// <summary>The slow hash of the password.</summary>
    public string PasswordHash => passwordHash;

    /// <summary>Whether the user name and password are correct.</summary>
    public async ValueTask<bool> CheckAsync(string name, string password)
    {
        var isUser = CryptographicOperations.FixedTimeEquals(Digest(name), Digest(user));
        var digest = Digest(password);
        if (_known is { } known && CryptographicOperations.FixedTimeEquals(known, digest)) return isUser;
        if (!await SecretQueue.People.MatchesAsync(password, passwordHash)) return false;
        _known = digest;
        return isUser;
    }

    private byte[] Digest(string text) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text));
}
