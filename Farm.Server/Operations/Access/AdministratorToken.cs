using System.Security.Cryptography;
using System.Text;
using Farm.Server.Store.Engine;

namespace Farm.Server.Operations.Access;

/// <summary>
/// The secret that gives the command line on the server's machine administrator rights. This adds no risk: anyone who can read the data
/// directory already has full control of the farm.
/// </summary>
internal sealed class AdministratorToken
{
    private readonly byte[] _digest;

    private AdministratorToken(string token) => _digest = SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Reads the token of a data directory, or creates one that only its owner can read.</summary>
    public static AdministratorToken OfDirectory(DataDirectory directory)
    {
        if (Find(directory) is not { } token)
        {
            token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
            PrivateFile.Write(directory.AdministratorToken, Encoding.ASCII.GetBytes(token + "\n"));
        }

        return new AdministratorToken(token);
    }

    /// <summary>The token of a data directory; null if there is none or this user cannot read it.</summary>
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

    /// <summary>Compares with the token in constant time.</summary>
    public bool Is(string token) => CryptographicOperations.FixedTimeEquals(_digest, SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
