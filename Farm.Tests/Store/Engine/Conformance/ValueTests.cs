using Dapper;

namespace Farm.Tests.Store.Engine.Conformance;

/// <summary>Values come back as they were stored, on every engine.</summary>
public sealed class ValueTests
{
    public static TheoryData<string> Engines => EngineStore.Engines;

    public static TheoryData<string, string> Texts
    {
        get
        {
            var texts = new TheoryData<string, string>();
            foreach (var engine in ((IEnumerable<object[]>)EngineStore.Engines).Select(row => (string)row[0]))
            {
                foreach (var text in new[] { "", "plain", "quote ' and \\ and $1 @name", "\0", "a\0b\0", "zwölf 😀", "\r\n\t\u001b[31m" }) texts.Add(engine, text);
            }

            return texts;
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_text_comes_back_unchanged(string engine, string text)
    {
        await using var farm = new EngineStore(engine);
        await farm.Store.WriteAsync(tx => tx.Db.Execute("INSERT INTO tags (uuid, name, description) VALUES ($1, 'a', $2)", Guid.Empty, text));
        await farm.Store.WriteAsync(tx => tx.Db.Connection.Execute(
            "INSERT INTO tags (uuid, name, description) VALUES (@id, 'b', @text)", new { id = Guid.NewGuid(), text }));
        Assert.Equal([text, text], farm.Store.Read(db => db.All("SELECT description FROM tags ORDER BY name", row => row.GetString(0))));
        Assert.Equal([text, text], farm.Store.Read(db => db.Connection.Query<string>("SELECT description FROM tags ORDER BY name").AsList()));
        Assert.Equal(2, farm.Store.Read(db => db.Number("SELECT count(*) FROM tags WHERE description = $1", text)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Numbers_flags_UUIDs_blobs_and_nulls_come_back_unchanged(string engine)
    {
        await using var farm = new EngineStore(engine);
        var uuid = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff");
        var id = await farm.Store.WriteAsync(tx => EngineStore.AddTag(tx.Db, "a"));
        Assert.True(id > 0);
        farm.Store.Read(db => db.First(
            "SELECT $1, $2, $3, $4, $5, $6",
            row =>
            {
                Assert.Equal(long.MaxValue, row.GetInt64(0));
                Assert.Equal(-0.5, row.GetDouble(1));
                Assert.True(row.Flag(2));
                Assert.Equal(uuid, row.Uuid(3));
                Assert.Equal([1, 0, 255], row.GetBytes(4));
                Assert.True(row.IsDBNull(5));
                Assert.Equal(("", 0L, 0.0), (row.GetString(5), row.GetInt64(5), row.GetDouble(5)));
                Assert.Null(row.UuidOrNull(5));
                return true;
            },
            long.MaxValue, -0.5, true, uuid, new byte[] { 1, 0, 255 }, null));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Dapper_maps_columns_by_name_with_nulls_flags_and_sums(string engine)
    {
        await using var farm = new EngineStore(engine);
        await farm.AddTagAsync("a");
        await farm.AddTagAsync("b");
        var row = farm.Store.Read(db => db.Connection.QueryFirst<Summary>(
            "SELECT count(*) > 1 AS is_many, sum(id) AS total, avg(id) AS mean, max(name) AS last_name, min(NULLIF(name, name)) AS missing, (SELECT uuid FROM tags WHERE name = 'a') AS uuid FROM tags"));
        Assert.Equal((true, 3L, 1.5, "b", null), (row.IsMany, row.Total, row.Mean, row.LastName, row.Missing));
        Assert.NotEqual(Guid.Empty, row.Uuid);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_parameter_may_occur_twice_and_others_not_at_all(string engine)
    {
        await using var farm = new EngineStore(engine);
        Assert.Equal(6, farm.Store.Read(db => db.Number("SELECT $3 + $3 + $1", 2L, null, 2L)));
        Assert.Equal("$1 @x 7", farm.Store.Read(db => db.Connection.ExecuteScalar<string>("SELECT '$1 @x ' || CAST(@Number AS TEXT)", new { number = 7 })));
        Assert.Throws<ArgumentException>(() => farm.Store.Read(db => db.Connection.ExecuteScalar<long>("SELECT CAST(@missing AS BIGINT)", new { other = 1 })));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Changed_rows_are_counted(string engine)
    {
        await using var farm = new EngineStore(engine);
        foreach (var name in new[] { "a", "b", "c" }) await farm.AddTagAsync(name);
        Assert.Equal(2, await farm.Store.WriteAsync(tx => tx.Db.Execute("UPDATE tags SET description = 'x' WHERE name > $1", "a")));
        Assert.Equal(1, await farm.Store.WriteAsync(tx => tx.Db.Connection.Execute("DELETE FROM tags WHERE name = @name", new { name = "a" })));
        Assert.Equal(0, await farm.Store.WriteAsync(tx => tx.Db.Execute("DELETE FROM tags WHERE name = $1", "a")));
    }

    /// <summary>What SQL for both engines relies on.</summary>
    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Functions_and_order_are_the_same(string engine)
    {
        await using var farm = new EngineStore(engine);
        foreach (var name in new[] { "b", "B", "a", "_", "Ä", "10", "9" }) await farm.AddTagAsync(name);
        Assert.Equal(["10", "9", "B", "_", "a", "b", "Ä"], farm.Tags);
        Assert.Equal("äé", farm.Store.Read(db => db.First("SELECT lower($1)", row => row.GetString(0), "ÄÉ")));
        Assert.Equal([3L, 1L], farm.Store.Read(db => db.All("SELECT value FROM json_each($1)", row => row.GetInt64(0), "[3,1]")));
        Assert.Equal(3, farm.Store.Read(db => db.Number("SELECT instr('abc', $1)", "c")));
        Assert.Equal(4, farm.Store.Read(db => db.Number("SELECT octet_length('ä' || 'ä')")));
    }

    internal sealed record Summary
    {
        public bool IsMany { get; init; }

        public long Total { get; init; }

        public double Mean { get; init; }

        public string LastName { get; init; } = "";

        public string? Missing { get; init; }

        public Guid Uuid { get; init; }
    }
}
