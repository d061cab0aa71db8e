using System.IO.Compression;
using System.Text;

namespace Farm.Server.Hosting.Requests;

/// <summary>An answer as it is kept for those who did not get it: status, headers and body, compressed.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">The headers that belong to the answer.</param>
/// <param name="Body">The body.</param>
internal sealed record KeptAnswer(int Status, IReadOnlyList<KeyValuePair<string, string?[]>> Headers, byte[] Body)
{
    /// <summary>Headers of one connection or one moment, which a repeated answer has of its own.</summary>
    private static readonly string[] Own = ["Date", "Server", "Connection", "Keep-Alive", "Transfer-Encoding", "Content-Length", "Alt-Svc"];

    /// <summary>The answer of a response whose body was held back.</summary>
    public static KeptAnswer Of(HttpResponse response, byte[] body) => new(
        response.StatusCode,
        [.. response.Headers.Where(header => !Own.Contains(header.Key, StringComparer.OrdinalIgnoreCase)).Select(header => KeyValuePair.Create(header.Key, header.Value.ToArray()))],
        body);

    /// <summary>Reads an answer that <see cref="Write"/> wrote.</summary>
    public static KeptAnswer Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress), Encoding.UTF8);
        var status = reader.ReadInt32();
        var headers = new KeyValuePair<string, string?[]>[reader.ReadInt32()];
        for (var i = 0; i < headers.Length; i++)
        {
            var name = reader.ReadString();
            var values = new string?[reader.ReadInt32()];
            for (var value = 0; value < values.Length; value++) values[value] = reader.ReadString();
            headers[i] = KeyValuePair.Create(name, values);
        }

        return new KeptAnswer(status, headers, reader.ReadBytes(reader.ReadInt32()));
    }

    /// <summary>The bytes to keep.</summary>
    public byte[] Write()
    {
        var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(new BrotliStream(bytes, CompressionLevel.Fastest), Encoding.UTF8))
        {
            writer.Write(Status);
            writer.Write(Headers.Count);
            foreach (var (name, values) in Headers)
            {
                writer.Write(name);
                writer.Write(values.Length);
                foreach (var value in values) writer.Write(value ?? "");
            }

            writer.Write(Body.Length);
            writer.Write(Body);
        }

        return bytes.ToArray();
    }

    /// <summary>Sends the answer.</summary>
    public async Task SendAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        foreach (var (name, values) in Headers) context.Response.Headers[name] = values;
        // A response such as 204 may not have one at all.
        if (Body.Length == 0) return;
        context.Response.ContentLength = Body.Length;
        await context.Response.Body.WriteAsync(Body, context.RequestAborted);
    }
}
