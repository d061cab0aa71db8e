namespace Farm.Server.Store.Engine.Move;

/// <summary>Sorts texts of SQLite as PostgreSQL does.</summary>
internal static class SqliteTextOrder
{
    private static ReadOnlySpan<byte> Nul => [0];

    // U+FFFF: see PostgresText.
    private static ReadOnlySpan<byte> StoredNul => [0xEF, 0xBF, 0xBF];

    /// <summary>The bytes that PostgreSQL compares.</summary>
    /// <param name="text">The text in UTF-8.</param>
    public static byte[] Of(byte[] text)
    {
        var count = text.AsSpan().Count(Nul);
        if (count == 0) return text;
        var bytes = new byte[text.Length + (count * (StoredNul.Length - 1))];
        var length = 0;
        foreach (var value in text)
        {
            if (value == 0)
            {
                StoredNul.CopyTo(bytes.AsSpan(length));
                length += StoredNul.Length;
            }
            else
            {
                bytes[length++] = value;
            }
        }

        return bytes;
    }
}
