using Farm.Server.Domain;

namespace Farm.Server.Hosting.Security;

/// <summary>Counts the request bodies that are held in memory at the same time. Thread-safe.</summary>
/// <param name="limit">The most bytes of all together (setting <c>max_buffered_bytes</c>).</param>
internal sealed class BodyMemory(long limit)
{
    private long _held;

    /// <summary>Bytes held now.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>Counts bytes that were received.</summary>
    /// <exception cref="FarmException">There are too many already (unavailable).</exception>
    public void Add(long bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= limit) return;
        Interlocked.Add(ref _held, -bytes);
        throw new FarmException(
            ErrorKind.Unavailable, $"too many large requests at once: their bodies would have more than {limit} bytes (setting max_buffered_bytes); send this one again in a moment");
    }

    /// <summary>Forgets bytes that were counted.</summary>
    public void Remove(long bytes) => Interlocked.Add(ref _held, -bytes);
}
