using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Move;

namespace Farm.Tests.Store.Engine.Move;

public sealed class TableMatchTests
{
    private static readonly MoveTable Jobs = Table("jobs", ["id", "name"]);

    [Fact]
    public void Tables_are_taken_from_the_databases_without_those_of_the_engine()
    {
        var target = Jobs with { Columns = [.. Jobs.Columns.Reverse()], Key = [1] };
        Assert.Equal([target], TableMatch.Of(new Side("one", Jobs, Table("managers", ["id"])), new Side("two", target, Table("farm_schema", ["version"]))));
    }

    [Fact]
    public void A_table_on_one_side_is_named()
    {
        Assert.Equal("The table toys exists only in one, so it cannot be moved.", Reject([Jobs, Table("toys", ["id"])], [Jobs]));
        Assert.Equal("The table toys exists only in two, so it cannot be moved.", Reject([Jobs], [Jobs, Table("toys", ["id"])]));
    }

    [Fact]
    public void A_column_on_one_side_is_named()
    {
        Assert.Equal("The column jobs.note exists only in one, so it cannot be moved.", Reject([Table("jobs", ["id", "name", "note"])], [Jobs]));
        Assert.Equal("The column jobs.note exists only in two, so it cannot be moved.", Reject([Jobs], [Table("jobs", ["id", "name", "note"])]));
    }

    [Fact]
    public void A_column_of_another_kind_is_named() => Assert.Equal(
        "The column jobs.name is Text in one and Blob in two, so it cannot be moved.",
        Reject([Jobs], [Jobs with { Columns = [Jobs.Columns[0], new MoveColumn("name", ColumnKind.Blob)] }]));

    [Fact]
    public void A_table_needs_the_same_primary_key_on_both_sides()
    {
        Assert.StartsWith("The table jobs has no primary key", Reject([Jobs], [Jobs with { Key = [] }]));
        Assert.StartsWith("The table jobs has different primary keys", Reject([Jobs], [Jobs with { Key = [1] }]));
    }

    [Fact]
    public void Tables_come_after_those_that_they_reference()
    {
        var (a, b, c) = (Table("a", ["id"], "c", "a"), Table("b", ["id"], "a"), Table("c", ["id"], "elsewhere"));
        Assert.Equal([c, a, b], TableOrder.Of([a, b, c]));
    }

    [Fact]
    public void Tables_that_reference_each_other_are_named()
    {
        var rejected = Assert.Throws<StoreException>(() => TableOrder.Of([Table("a", ["id"], "b"), Table("b", ["id"], "a"), Table("c", ["id"])]));
        Assert.Equal("These tables reference each other, so they cannot be moved: a, b.", rejected.Message);
    }

    private static string Reject(MoveTable[] source, MoveTable[] target) =>
        Assert.Throws<StoreException>(() => TableMatch.Of(new Side("one", source), new Side("two", target))).Message;

    private static MoveTable Table(string name, string[] columns, params string[] references) => new(
        name, [.. columns.Select(column => new MoveColumn(column, column == "id" ? ColumnKind.Integer : ColumnKind.Text))], [0], references);

    private sealed class Side(string name, params MoveTable[] tables) : IMoveSide
    {
        public string Name => name;

        public IReadOnlyList<MoveTable> Tables => tables;

        public long Count(MoveTable table) => throw new NotSupportedException();

        public MoveRows Read(MoveTable table) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
