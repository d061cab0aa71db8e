using System.Buffers.Binary;

namespace Farm.Server.Contracts.Aspire.Domain;

/// <summary>Ids of seeds, entries and batches: a timestamp in milliseconds, as base64 of eight bytes (Contracts/Aspire/Contract.md section 4).</summary>
internal static class TimestampId
{
    private const int Bytes = 8;

    /// <summary>Formats an id: standard base64 with padding, so it may contain <c>+</c> and <c>/</c>.</summary>
    public static string Text(long id)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, id);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>Parses an id. Accepts only the exact text that <see cref="Text"/> writes.</summary>
    public static bool TryParse(string text, out long id)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        id = Convert.TryFromBase64String(text, bytes, out var length) && length == Bytes ? BinaryPrimitives.ReadInt64BigEndian(bytes) : -1;
        return id >= 0 && string.Equals(Text(id), text, StringComparison.Ordinal);
    }
}
