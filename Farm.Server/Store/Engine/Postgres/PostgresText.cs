namespace Farm.Server.Store.Engine.Postgres;

/// <summary>
/// Texts may contain U+0000, which PostgreSQL cannot store. It is stored as U+FFFF, which is no character and so occurs in no text.
/// </summary>
internal static class PostgresText
{
    private const char Nul = '\0';
    private const char Stored = '\uFFFF';

    /// <summary>A text as it is stored.</summary>
    public static string Encode(string text) => text.Contains(Nul) ? text.Replace(Nul, Stored) : text;

    /// <summary>A stored text.</summary>
    public static string Decode(string stored) => stored.Contains(Stored) ? stored.Replace(Stored, Nul) : stored;
}
