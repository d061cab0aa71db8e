using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Farm.Tests.Support;

/// <summary>A connection with just enough HTTP for load-generating workers and minimal overhead.</summary>
internal sealed class RawConnection(int port, string host = "127.0.0.1") : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];

    /// <summary>The bytes of a request with a JSON body; an empty text means no body.</summary>
    public static byte[] Request(string method, string path, string body, string? user = null, string secret = "")
    {
        var authorization = user is null ? "" : $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}"))}\r\n";
        var type = body.Length == 0 ? "" : "Content-Type: application/json\r\n";
        return Encoding.UTF8.GetBytes(
            $"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{authorization}{type}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
    }

    /// <summary>The bytes of a request with any body and headers, after which the server closes the connection.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path and query, as they are sent.</param>
    /// <param name="body">The body.</param>
    /// <param name="headers">Lines such as <c>Host: farm</c>.</param>
    public static byte[] Request(string method, string path, ReadOnlySpan<byte> body, params ReadOnlySpan<string> headers)
    {
        var head = $"{method} {path} HTTP/1.1\r\n{string.Join("\r\n", headers)}\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n";
        return [.. Encoding.Latin1.GetBytes(head), .. body];
    }

    /// <summary>Sends a request on a new connection and reads until the server closes it.</summary>
    /// <param name="port">The port of the server on this machine.</param>
    /// <param name="request">The request, which must ask to close the connection.</param>
    public static async Task<(int Status, string Text)> AskAsync(int port, ReadOnlyMemory<byte> request)
    {
        using var connection = new RawConnection(port);
        await connection.ConnectAsync();
        await connection._socket.SendAsync(request);
        var text = new StringBuilder();
        while (await connection.ReadAsync() is var read and > 0) text.Append(Encoding.Latin1.GetString(connection._buffer, 0, read));
        return (text.Length > 12 ? int.Parse(text.ToString(9, 3)) : 0, text.ToString());
    }

    public Task ConnectAsync() => _socket.ConnectAsync(IPAddress.Parse(host), port);

    /// <summary>Sends a request and reads the whole response.</summary>
    /// <exception cref="IOException">The server is down.</exception>
    public async Task<(int Status, ReadOnlyMemory<byte> Body)> SendAsync(ReadOnlyMemory<byte> request)
    {
        try
        {
            await _socket.SendAsync(request);
            var length = 0;
            while (true)
            {
                var read = await _socket.ReceiveAsync(_buffer.AsMemory(length));
                if (read == 0) throw new IOException("the server closed the connection");
                length += read;
                if (Whole(_buffer.AsMemory(0, length)) is { } answer) return answer;
            }
        }
        catch (SocketException gone)
        {
            throw new IOException(gone.Message, gone);
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>A server that refuses a body before it is sent whole may reset the connection after its answer.</summary>
    private async Task<int> ReadAsync()
    {
        try
        {
            return await _socket.ReceiveAsync(_buffer).WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    private static (int Status, ReadOnlyMemory<byte> Body)? Whole(ReadOnlyMemory<byte> bytes)
    {
        var head = bytes.Span.IndexOf("\r\n\r\n"u8);
        if (head < 0) return null;
        var status = (bytes.Span[9] - '0') * 100 + (bytes.Span[10] - '0') * 10 + bytes.Span[11] - '0';
        var body = bytes[(head + 4)..];
        var named = bytes.Span[..head].IndexOf("Content-Length: "u8);
        if (named >= 0)
        {
            System.Buffers.Text.Utf8Parser.TryParse(bytes.Span[(named + 16)..], out int length, out _);
            return body.Length >= length ? (status, body) : null;
        }

        if (status == 204) return (status, body);
        return body.Span.EndsWith("0\r\n\r\n"u8) ? (status, body) : null;
    }
}
