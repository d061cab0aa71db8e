using System.Security.Cryptography;
using System.Text;
using Farm.Server.Store.Engine;

namespace Farm.Server.Operations.Access;

/// <summary>
/// The secret with which the command line on the server's own machine acts as an administrator: whoever can read the data directory
/// can do everything to the farm anyway.
/// </summary>
internal sealed class AdministratorToken
{
    private readonly byte[] _digest;

    private AdministratorToken(string token) => _digest = SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Reads the token of a data directory, making one where there is none, readable by its owner only.</summary>
    public static AdministratorToken OfDirectory(DataDirectory directory)
    {
        if (Find(directory) is not { } token)
        {
            token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
            PrivateFile.Write(directory.AdministratorToken, Encoding.ASCII.GetBytes(token + "\n"));
        }

        return new AdministratorToken(token);
    }

    /// <summary>The token of a data directory; null when it has none, or not for this user.</summary>
    public static string? Find(DataDirectory directory)
    {
        try
        {
            return File.ReadAllText(directory.AdministratorToken).Trim() is { Length: > 0 } token ? token : null;
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether this is the token; compares in constant time.</summary>
    public bool Is(string token) => CryptographicOperations.FixedTimeEquals(_digest, SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
