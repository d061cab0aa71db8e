using System.IO.Compression;
using System.Security.Cryptography;

namespace Farm.Server.Hosting.StaticFiles;

/// <summary>One file of the dashboard, held in memory as it came and, where that makes it smaller, compressed with Brotli.</summary>
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

    /// <summary>Sixteen hex digits that change with the content. Basis of the strong ETag and of the <c>?v=</c> in links.</summary>
    public string Version { get; }

    /// <summary>The content compressed with Brotli, made when first asked for; null for kinds that are compressed already.</summary>
    public byte[]? Brotli => _brotli.Value;

    private static byte[] Compress(byte[] content)
    {
        using var result = new MemoryStream();
        using (var brotli = new BrotliStream(result, CompressionLevel.Fastest, leaveOpen: true))
            brotli.Write(content);

        return result.ToArray();
    }
}
