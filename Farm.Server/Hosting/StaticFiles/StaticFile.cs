using System.IO.Compression;
using System.Security.Cryptography;

namespace Farm.Server.Hosting.StaticFiles;

/// <summary>A static file in memory; text files are also compressed with Brotli.</summary>
internal sealed class StaticFile
{
    private readonly Lazy<byte[]?> _brotli;

    public StaticFile(string path, byte[] content)
    {
        Path = path;
        Content = content;
        ContentType = StaticFileTypes.ContentTypeOf(path);
        Version = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8));
        _brotli = new Lazy<byte[]?>(() => StaticFileTypes.IsText(path) ? Compress(content) : null);
    }

    /// <summary>Path below the site's root, without a leading slash, e.g. <c>theme/farm.css</c>.</summary>
    public string Path { get; }

    public byte[] Content { get; }

    public string ContentType { get; }

    /// <summary>Sixteen hex digits of the content's hash, for the strong ETag and the <c>?v=</c> of links.</summary>
    public string Version { get; }

    /// <summary>The content compressed with Brotli on first use; null for file types that are already compressed.</summary>
    public byte[]? Brotli => _brotli.Value;

    private static byte[] Compress(byte[] content)
    {
        using var result = new MemoryStream();
        using (var brotli = new BrotliStream(result, CompressionLevel.Fastest, leaveOpen: true))
            brotli.Write(content);

        return result.ToArray();
    }
}
