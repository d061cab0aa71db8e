namespace Farm.Tests.Support;

/// <summary>A test about SQLite itself; reported as skipped when the tests run on PostgreSQL.</summary>
public sealed class SqliteFactAttribute : FactAttribute
{
    public SqliteFactAttribute() => Skip = SqliteOnly.WhySkipped;
}

/// <inheritdoc cref="SqliteFactAttribute"/>
public sealed class SqliteTheoryAttribute : TheoryAttribute
{
    public SqliteTheoryAttribute() => Skip = SqliteOnly.WhySkipped;
}

file static class SqliteOnly
{
    public static string? WhySkipped => TestDatabase.IsPostgres ? "This is about SQLite." : null;
}
