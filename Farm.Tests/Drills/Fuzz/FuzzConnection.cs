using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Farm.Tests.Drills.Fuzz;

/// <summary>Sends bytes and reads whatever comes back. Goes on with a connection as long as both ends agree where a message ends.</summary>
internal sealed class FuzzConnection(int port, TimeSpan bound) : IDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly List<byte> _read = [];
    private Socket? _socket;

    /// <summary>Sends a request and reads the answer.</summary>
    public async Task<FuzzAnswer> SendAsync(FuzzRequest request)
    {
        var isReused = _socket is not null;
        var answer = await ExchangeAsync(request);
        // A server may close a connection that nobody uses.
        if (answer.Outcome == Outcome.Closed && isReused) answer = await ExchangeAsync(request);
        return answer;
    }

    public void Dispose() => Close();

    private async Task<FuzzAnswer> ExchangeAsync(FuzzRequest request)
    {
        using var timeout = new CancellationTokenSource(bound);
        try
        {
            await SendBytesAsync(request, timeout.Token);
            var answer = await ReadAsync(request.Method == "HEAD", timeout.Token);
            if (!request.IsWhole || answer.Outcome != Outcome.Answered || answer.Header("Connection").Equals("close", StringComparison.OrdinalIgnoreCase)) Close();
            return answer;
        }
        catch (OperationCanceledException)
        {
            Close();
            return FuzzAnswer.Without(Outcome.TimedOut);
        }
        catch (SocketException)
        {
            // Nobody accepts connections.
            Close();
            return FuzzAnswer.Without(Outcome.Closed);
        }
    }

    private async Task SendBytesAsync(FuzzRequest request, CancellationToken cancellationToken)
    {
        _read.Clear();
        if (_socket is null)
        {
            _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await _socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        }

        try
        {
            ReadOnlyMemory<byte> bytes = request.ToBytes();
            while (bytes.Length > 0) bytes = bytes[await _socket.SendAsync(bytes, cancellationToken)..];
            // So that the server learns that no more comes.
            if (!request.IsWhole) _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The server answered and closed before it had all. The answer may still be there.
        }
    }

    private async Task<FuzzAnswer> ReadAsync(bool isHead, CancellationToken cancellationToken)
    {
        while (true)
        {
            int end;
            while ((end = IndexOf("\r\n\r\n"u8, 0)) < 0)
            {
                if (!await ReceiveAsync(cancellationToken)) return FuzzAnswer.Without(_read.Count == 0 ? Outcome.Closed : Outcome.Partial);
            }

            var head = new FuzzAnswer(Outcome.Answered, Number(9, 3), Encoding.Latin1.GetString([.. _read[..end]]), []);
            _read.RemoveRange(0, end + 4);
            // 100 (Continue) is not the answer.
            if (head.Status is >= 100 and < 200 and not 101) continue;
            return await ReadBodyAsync(head, isHead, cancellationToken);
        }
    }

    private async Task<FuzzAnswer> ReadBodyAsync(FuzzAnswer head, bool isHead, CancellationToken cancellationToken)
    {
        if (isHead || head.Status is 101 or 204 or 304) return head;
        if (head.Header("Transfer-Encoding") is "chunked") return await ReadChunksAsync(head, cancellationToken);
        if (!int.TryParse(head.Header("Content-Length"), out var length))
        {
            var isOpen = true;
            while (isOpen) isOpen = await ReceiveAsync(cancellationToken);
            return head with { Body = [.. _read] };
        }

        while (_read.Count < length)
        {
            if (!await ReceiveAsync(cancellationToken)) return head with { Outcome = Outcome.Partial, Body = [.. _read] };
        }

        return head with { Body = [.. _read[..length]] };
    }

    private async Task<FuzzAnswer> ReadChunksAsync(FuzzAnswer head, CancellationToken cancellationToken)
    {
        var body = new List<byte>();
        for (var at = 0; ;)
        {
            int line;
            while ((line = IndexOf("\r\n"u8, at)) < 0)
            {
                if (!await ReceiveAsync(cancellationToken)) return head with { Outcome = Outcome.Partial, Body = [.. body] };
            }

            var size = int.Parse(Encoding.ASCII.GetString([.. _read[at..line]]), NumberStyles.HexNumber);
            while (_read.Count < line + 2 + size + 2)
            {
                if (!await ReceiveAsync(cancellationToken)) return head with { Outcome = Outcome.Partial, Body = [.. body] };
            }

            if (size == 0) return head with { Body = [.. body] };
            body.AddRange(_read[(line + 2)..(line + 2 + size)]);
            at = line + 2 + size + 2;
        }
    }

    private async Task<bool> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var count = await _socket!.ReceiveAsync(_buffer, cancellationToken);
            _read.AddRange(_buffer.AsSpan(0, count));
            return count > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private int IndexOf(ReadOnlySpan<byte> what, int from)
    {
        var index = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_read)[from..].IndexOf(what);
        return index < 0 ? -1 : from + index;
    }

    private int Number(int at, int digits) => int.TryParse(Encoding.ASCII.GetString([.. _read[at..(at + digits)]]), out var number) ? number : 0;

    private void Close()
    {
        _socket?.Dispose();
        _socket = null;
    }
}
