namespace Farm.Server.Store.Engine.Move;

/// <summary>What a column holds.</summary>
internal enum ColumnKind
{
    /// <summary>A long.</summary>
    Integer,

    /// <summary>A double.</summary>
    Real,

    /// <summary>A string, which may contain U+0000.</summary>
    Text,

    /// <summary>A byte array.</summary>
    Blob,
}

/// <summary>A column of a table.</summary>
internal sealed record MoveColumn(string Name, ColumnKind Kind);

/// <summary>A table as a database describes it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Key">The indexes in <paramref name="Columns"/> of the primary key; empty without one.</param>
/// <param name="References">The tables of its foreign keys.</param>
internal sealed record MoveTable(string Name, IReadOnlyList<MoveColumn> Columns, IReadOnlyList<int> Key, IReadOnlyList<string> References)
{
    /// <summary>The name for a statement.</summary>
    public string QuotedName => Quote(Name);

    /// <summary>The columns for a statement.</summary>
    public string ColumnList => string.Join(", ", Columns.Select(column => Quote(column.Name)));

    /// <summary>A name for a statement.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"")}\"";
}
