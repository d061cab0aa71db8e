using System.Security.Cryptography;
using System.Text;

namespace Farm.Server.Hosting.Https;

/// <summary>What the files of a certificate hold.</summary>
/// <param name="Path">The file of the certificate.</param>
/// <param name="Certificate">Its bytes.</param>
internal sealed record CertificateContents(string Path, byte[] Certificate)
{
    /// <summary>The file of the private key; null if the key is in the file of the certificate.</summary>
    public string? KeyPath { get; init; }

    /// <summary>The bytes of <see cref="KeyPath"/>.</summary>
    public byte[]? Key { get; init; }

    /// <summary>The password of the key; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>
    /// Differs whenever the contents do. File times would not do: programs that renew certificates replace links, whose targets may be older, and
    /// write two files in one moment.
    /// </summary>
    public string Stamp()
    {
        byte[][] parts = [Certificate, Key ?? [], Encoding.UTF8.GetBytes(Password ?? "")];
        return Convert.ToHexStringLower(SHA256.HashData([.. parts.SelectMany(part => SHA256.HashData(part))]));
    }

    // The generated text would show the password.
    public override string ToString() => Path;
}
