using System.Buffers;
using System.Runtime.CompilerServices;
using SixLabors.ImageSharp.Memory;

namespace Farm.Server.Operations.Images;

/// <summary>
/// Gives the codec its buffers and counts them: what is in use at once never exceeds a limit. The codec's own limit is one for each buffer,
/// and a progressive JPEG asks for several as large as the picture. Disposing frees what the codec forgot, as it does when it fails.
/// </summary>
/// <param name="limitBytes">So many bytes may be in use at once.</param>
internal sealed class BoundedAllocator(long limitBytes) : MemoryAllocator, IDisposable
{
    // Pieces of a large buffer. A row of pixels must fit into one.
    private const int PieceBytes = 4 * 1024 * 1024;

    // Without a pool of its own, large pieces go back to the system as soon as they are not in use.
    private readonly MemoryAllocator _memory = Create(new MemoryAllocatorOptions { MaximumPoolSizeMegabytes = 0 });
    private readonly Lock _lock = new();
    private readonly HashSet<IDisposable> _live = [];
    private long _inUse;
    private long _peak;

    /// <summary>So many bytes may be in use at once.</summary>
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

    /// <summary>The most bytes that were in use at once.</summary>
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

    /// <summary>Frees what is still in use. No picture that was made with it may be looked at any more.</summary>
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
