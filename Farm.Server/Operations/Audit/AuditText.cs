using System.Text;

namespace Farm.Server.Operations.Audit;

/// <summary>Bounds texts of the audit, which may come from anyone.</summary>
internal static class AuditText
{
    /// <summary>The most bytes of a name.</summary>
    public const int MaxNameBytes = 200;

    /// <summary>The most bytes of a value or a reason.</summary>
    public const int MaxValueBytes = 500;

    private const string Cut = "…";

    /// <summary>A name, cut if it is long.</summary>
    public static string Name(string text) => Shorten(text, MaxNameBytes);

    /// <summary>A value or a reason, cut if it is long.</summary>
    public static string? Value(string? text) => text is null ? null : Shorten(text, MaxValueBytes);

    /// <summary>Cuts between characters. PostgreSQL cannot store U+0000.</summary>
    private static string Shorten(string text, int most)
    {
        var plain = text.Replace('\0', '\uFFFD');
        if (Encoding.UTF8.GetByteCount(plain) <= most) return plain;
        var room = most - Encoding.UTF8.GetByteCount(Cut);
        var length = 0;
        foreach (var rune in plain.EnumerateRunes())
        {
            if ((room -= rune.Utf8SequenceLength) < 0) break;
            length += rune.Utf16SequenceLength;
        }

        return plain[..length] + Cut;
    }
}
