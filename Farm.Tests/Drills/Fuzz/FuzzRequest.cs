using System.Text;

namespace Farm.Tests.Drills.Fuzz;

/// <summary>A request on its way from valid to hostile. Texts are sent as Latin-1, so that each character is one byte.</summary>
internal sealed class FuzzRequest
{
    /// <summary>Its number in the run.</summary>
    public required int Number { get; init; }

    /// <summary>The method.</summary>
    public required string Method { get; set; }

    /// <summary>The path and query as they are sent.</summary>
    public required string Target { get; set; }

    /// <summary>The lines of the head besides those of the framing.</summary>
    public required List<string> Headers { get; init; }

    /// <summary>The body.</summary>
    public required byte[] Body { get; set; }

    /// <summary>The version in the request line.</summary>
    public string Version { get; set; } = "HTTP/1.1";

    /// <summary>How the body is sent.</summary>
    public Framing Framing { get; set; }

    /// <summary>Changes the bytes of the head in the end; null for none.</summary>
    public Func<byte[], byte[]>? MutateHead { get; set; }

    /// <summary>Whether a server can tell where the request ends, so that it must answer, and may go on with the connection.</summary>
    public bool IsWhole => MutateHead is null && Framing is Framing.Length or Framing.Chunked && Version == "HTTP/1.1";

    /// <summary>What is sent.</summary>
    public byte[] ToBytes()
    {
        var head = new StringBuilder($"{Method} {Target} {Version}\r\n");
        foreach (var header in Headers) head.Append(header).Append("\r\n");
        head.Append(Framing switch
        {
            Framing.Length when Body.Length == 0 && Method is "GET" or "HEAD" => "",
            Framing.Length => $"Content-Length: {Body.Length}\r\n",
            Framing.LengthTooLong => $"Content-Length: {Body.Length + 100}\r\n",
            Framing.LengthTooShort => $"Content-Length: {Body.Length / 2}\r\n",
            Framing.LengthNonsense => "Content-Length: -1\r\n",
            Framing.LengthAndChunked => $"Content-Length: {Body.Length}\r\nTransfer-Encoding: chunked\r\n",
            Framing.None => "",
            _ => "Transfer-Encoding: chunked\r\n",
        }).Append("\r\n");
        var bytes = Encoding.Latin1.GetBytes(head.ToString());
        return [.. MutateHead?.Invoke(bytes) ?? bytes, .. Framed()];
    }

    private byte[] Framed() => Framing switch
    {
        Framing.Chunked or Framing.LengthAndChunked => Chunked(Body, "0\r\n\r\n"),
        Framing.ChunkedCutShort => Chunked(Body, ""),
        Framing.ChunkedNonsense => Chunked(Body, "zz\r\n\r\n"),
        _ => Body,
    };

    private static byte[] Chunked(byte[] body, string end) => body.Length == 0
        ? Encoding.ASCII.GetBytes(end)
        : [.. Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), .. body, .. "\r\n"u8, .. Encoding.ASCII.GetBytes(end)];
}
