using Farm.Server.Store.Engine.Postgres;

namespace Farm.Server.Store.Engine.Move;

/// <summary>Compares the rows of a table on both sides.</summary>
/// <param name="table">The table.</param>
internal sealed class RowVerification(MoveTable table)
{
    private const int MostKeyCharacters = 60;

    /// <summary>Requires that two rows are equal.</summary>
    /// <exception cref="StoreException">They differ; the message names the table, the key and the column.</exception>
    public void Compare(object?[] source, object?[] target)
    {
        for (var i = 0; i < source.Length; i++)
        {
            if (!AreEqual(source[i], target[i])) throw Differs($"the row {Key(source)} differs in the column {table.Columns[i].Name}");
        }
    }

    /// <summary>The target lacks a row.</summary>
    public StoreException Missing(object?[] source) => Differs($"the row {Key(source)} is missing");

    /// <summary>The target has a row that the source does not have.</summary>
    public StoreException Additional(object?[] target) => Differs($"the row {Key(target)} is not in the original");

    private StoreException Differs(string how) => new($"The copy differs from the original: in the table {table.Name}, {how}.");

    private static bool AreEqual(object? source, object? target) => (source, target) switch
    {
        // In PostgreSQL, U+0000 and U+FFFF are the same.
        (string one, string other) => one == other || PostgresText.Encode(one) == PostgresText.Encode(other),
        (byte[] one, byte[] other) => one.AsSpan().SequenceEqual(other),
        _ => Equals(source, target),
    };

    private string Key(object?[] row) => string.Join(", ", table.Key.Select(column => $"{table.Columns[column].Name} = {Text(row[column])}"));

    private static string Text(object? value) => value switch
    {
        null => "NULL",
        byte[] bytes => Convert.ToHexStringLower(bytes.AsSpan(0, Math.Min(bytes.Length, MostKeyCharacters / 2))),
        string text => $"\"{(text.Length > MostKeyCharacters ? text[..MostKeyCharacters] + "…" : text)}\"",
        _ => value.ToString()!,
    };
}
