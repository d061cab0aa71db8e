using System.Buffers;
using System.Runtime.CompilerServices;
using SixLabors.ImageSharp.Memory;

namespace Farm.Server.Operations.Images;

/// <summary>
/// Allocates buffers for the codec within a total limit. The codec's own limit applies to each buffer, but a progressive JPEG needs several
/// buffers as large as the image. Disposing frees buffers that the codec did not release, as happens when it fails.
/// </summary>
/// <param name="limitBytes">The maximum number of bytes in use at once.</param>
internal sealed class BoundedAllocator(long limitBytes) : MemoryAllocator, IDisposable
{
    // Chunk size of a large buffer. A row of pixels must fit into one chunk.
    private const int PieceBytes = 4 * 1024 * 1024;

    // Without a pool, large chunks are returned to the system as soon as they are free.
    private readonly MemoryAllocator _memory = Create(new MemoryAllocatorOptions { MaximumPoolSizeMegabytes = 0 });
    private readonly Lock _lock = new();
    private readonly HashSet<IDisposable> _live = [];
    private long _inUse;
    private long _peak;

    /// <summary>The maximum number of bytes in use at once.</summary>
    public long Limit => limitBytes;

    /// <summary>Bytes in use now.</summary>
    public long InUse
    {
        get
        {
            lock (_lock)
                return _inUse;
        }
    }

    /// <summary>The highest number of bytes in use at once so far.</summary>
    public long Peak
    {
        get
        {
            lock (_lock)
                return _peak;
        }
    }

    /// <exception cref="InvalidMemoryOperationException">The limit would be exceeded.</exception>
    public override IMemoryOwner<T> Allocate<T>(int length, AllocationOptions options = AllocationOptions.None)
    {
        var bytes = Math.Max(0L, length) * Unsafe.SizeOf<T>();
        lock (_lock)
        {
            if (_inUse + bytes > limitBytes)
                throw new InvalidMemoryOperationException($"the picture needs more than {limitBytes} bytes of memory");
            var counted = new Counted<T>(this, _memory.Allocate<T>(length, options), bytes);
            _live.Add(counted);
            _inUse += bytes;
            _peak = Math.Max(_peak, _inUse);
            return counted;
        }
    }

    /// <summary>Frees all buffers. Images allocated from it must not be used afterwards.</summary>
    public void Dispose()
    {
        IDisposable[] left;
        lock (_lock)
            left = [.. _live];
        foreach (var memory in left)
            memory.Dispose();
    }

    protected override int GetBufferCapacityInBytes() => PieceBytes;

    private sealed class Counted<T>(BoundedAllocator allocator, IMemoryOwner<T> memory, long bytes) : IMemoryOwner<T>
        where T : struct
    {
        public Memory<T> Memory => memory.Memory;

        public void Dispose()
        {
            lock (allocator._lock)
            {
                if (!allocator._live.Remove(this))
                    return;
                allocator._inUse -= bytes;
            }
            memory.Dispose();
        }
    }
}
