using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>
/// Long commands as their difference from other commands of the same job, which they mostly repeat: the tasks of a stage differ in a frame number
/// or a file name. A difference is a JSON array: <c>[start, length]</c> copies characters of the other text, a string stands for itself.
/// </summary>
internal static class CommandDelta
{
    /// <summary>The shortest commands that are stored as a difference, in characters. Those of most jobs are shorter, and are stored whole.</summary>
    public const int MinLength = 4 * 1024;

    /// <summary>Shorter repetitions are written out, because a copy is no shorter.</summary>
    private const int MinCopy = 24;

    /// <summary>How far the next repetition is searched for, in characters: numbers and names are shorter.</summary>
    private const int Window = 256;

    /// <summary>Bounds the search in texts that were made to defeat it. What follows is compared from its end only.</summary>
    private const int MaxCopies = 64;

    /// <summary>The difference of a text from another; null unless it is at most half as long as the text.</summary>
    public static string? Write(string text, string other)
    {
        // Commands are written as ASCII. Of other texts, a copy could end between the two halves of a character.
        if (!Ascii.IsValid(text) || !Ascii.IsValid(other)) return null;
        List<Piece> pieces = [];
        var (at, from, copies) = (0, 0, 0);
        while (at < text.Length)
        {
            var same = text.AsSpan(at).CommonPrefixLength(other.AsSpan(from));
            if (same > 0) pieces.Add(new(null, from, same));
            (at, from) = (at + same, from + same);
            if (at == text.Length) break;
            if (++copies == MaxCopies || Next(text.AsSpan(at), other.AsSpan(from)) is not { } next)
            {
                AddRest(pieces, text, at, other, from);
                break;
            }

            if (next.Skipped > 0) pieces.Add(new(text.Substring(at, next.Skipped), 0, 0));
            (at, from) = (at + next.Skipped, from + next.Offset);
        }

        if (pieces.Sum(piece => (long)(piece.Literal?.Length ?? 0)) > text.Length / 2) return null;
        return Json(pieces) is { } delta && delta.Length <= text.Length / 2 ? delta : null;
    }

    /// <summary>The whole text.</summary>
    /// <param name="delta">What <see cref="Write"/> returned; or the text itself, if there is no other.</param>
    /// <param name="other">The other text; null if there is none.</param>
    public static string Apply(string delta, string? other)
    {
        if (other is null) return delta;
        var text = new StringBuilder(other.Length + delta.Length);
        using var pieces = JsonDocument.Parse(delta);
        foreach (var piece in pieces.RootElement.EnumerateArray())
        {
            if (piece.ValueKind == JsonValueKind.String) text.Append(piece.GetString());
            else text.Append(other.AsSpan(piece[0].GetInt32(), piece[1].GetInt32()));
        }

        return text.ToString();
    }

    /// <summary>Where the texts agree again: after how many characters of the text, and at which offset of the other. Null if that is not near.</summary>
    private static (int Skipped, int Offset)? Next(ReadOnlySpan<char> text, ReadOnlySpan<char> other)
    {
        var near = other[..Math.Min(other.Length, Window + MinCopy)];
        for (var skipped = 0; skipped <= Window && skipped + MinCopy <= text.Length; skipped++)
        {
            if (near.IndexOf(text.Slice(skipped, MinCopy)) is >= 0 and var offset) return (skipped, offset);
        }

        return null;
    }

    private static void AddRest(List<Piece> pieces, string text, int at, string other, int from)
    {
        var (end, otherEnd) = (text.Length, other.Length);
        while (end > at && otherEnd > from && text[end - 1] == other[otherEnd - 1]) (end, otherEnd) = (end - 1, otherEnd - 1);
        if (text.Length - end < MinCopy) end = text.Length;
        if (end > at) pieces.Add(new(text[at..end], 0, 0));
        if (end < text.Length) pieces.Add(new(null, otherEnd, text.Length - end));
    }

    private static string Json(List<Piece> pieces)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartArray();
            foreach (var piece in pieces)
            {
                if (piece.Literal is { } literal)
                {
                    writer.WriteStringValue(literal);
                    continue;
                }

                writer.WriteStartArray();
                writer.WriteNumberValue(piece.Start);
                writer.WriteNumberValue(piece.Length);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>A text, or a copy of characters.</summary>
    private readonly record struct Piece(string? Literal, int Start, int Length);
}
