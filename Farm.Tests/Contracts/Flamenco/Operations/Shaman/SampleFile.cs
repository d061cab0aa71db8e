using System.Security.Cryptography;
using System.Text;
using Farm.Server.Contracts.Flamenco.Domain;

namespace Farm.Tests.Contracts.Flamenco.Operations.Shaman;

/// <summary>A file that a client has.</summary>
internal sealed record SampleFile(byte[] Content, string Path)
{
    public SampleFile(string content, string path = "file.txt")
        : this(Encoding.UTF8.GetBytes(content), path)
    {
    }

    public FileKey Key => FileKey.TryCreate(Convert.ToHexStringLower(SHA256.HashData(Content)), Content.Length)!.Value;

    /// <summary>As a client names it in a request.</summary>
    public object Named => new { sha = Key.Sha, size = Key.Size, path = Path };

    public ShamanFile AsFile => new(Key, Path);

    /// <summary>A file of bytes that look random.</summary>
    public static SampleFile OfSize(int bytes, int seed = 1, string path = "big.bin")
    {
        var content = new byte[bytes];
        new Random(seed).NextBytes(content);
        return new SampleFile(content, path);
    }
}
