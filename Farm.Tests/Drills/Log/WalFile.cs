using System.Buffers.Binary;

namespace Farm.Tests.Drills.Log;

/// <summary>The write-ahead log of SQLite (sqlite.org, "Database File Format", section 4).</summary>
/// <param name="Salts">Both salts, which change when the log starts again from its beginning.</param>
/// <param name="CommittedLength">The length in bytes up to the end of the last commit.</param>
/// <param name="FrameLength">The length in bytes of a frame; 0 without a log.</param>
internal sealed record WalFile(ulong Salts, long CommittedLength, int FrameLength)
{
    private const int HeaderLength = 32;
    private const int FrameHeaderLength = 24;
    private const int BackfilledOffset = 96;

    /// <summary>Reads the log of a database, which may be in use.</summary>
    public static WalFile Read(string database)
    {
        var bytes = ReadShared(database + "-wal");
        if (bytes.Length < HeaderLength) return new WalFile(0, 0, 0);
        var frame = FrameHeaderLength + (int)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(8));
        var salts = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(16));
        long committed = HeaderLength;
        for (var at = HeaderLength; at + frame <= bytes.Length && BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(at + 8)) == salts; at += frame)
        {
            // Only the last frame of a commit tells the size of the database.
            if (BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at + 4)) > 0) committed = at + frame;
        }

        return new WalFile(salts, committed, frame);
    }

    /// <summary>The length in bytes of that part of the log that a checkpoint has brought into the database, which was on the disk before.</summary>
    public long BackfilledLength(string database)
    {
        var index = ReadShared(database + "-shm");
        return index.Length < BackfilledOffset + 4 ? 0 : HeaderLength + (long)BitConverter.ToUInt32(index, BackfilledOffset) * FrameLength;
    }

    private static byte[] ReadShared(string path)
    {
        if (!File.Exists(path)) return [];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }
}
