using Farm.Dashboard.Live;

namespace Farm.Tests.Dashboard.Live;

public sealed class StableRowsTests
{
    private static readonly Guid A = new("00000000-0000-7000-8000-00000000000a");
    private static readonly Guid B = new("00000000-0000-7000-8000-00000000000b");
    private static readonly Guid C = new("00000000-0000-7000-8000-00000000000c");

    private readonly StableRows<Row> _rows = new(row => row.Id);

    [Fact]
    public void Rows_follow_the_farm_while_the_pointer_is_elsewhere()
    {
        _rows.Take([new(A, 1), new(B, 1)]);
        _rows.Take([new(B, 2), new(C, 1)]);

        Assert.Equal([(B, 2, false), (C, 1, false)], Shown());
    }

    [Fact]
    public void Held_rows_change_in_place_and_do_not_move()
    {
        _rows.Take([new(A, 1), new(B, 1)]);
        _rows.Hold();
        _rows.Take([new(B, 2), new(A, 2)]);

        Assert.Equal([(A, 2, false), (B, 2, false)], Shown());
        Assert.True(_rows.OutOfDate);
    }

    [Fact]
    public void A_held_row_that_left_the_list_stays_and_says_so_and_a_new_one_waits()
    {
        _rows.Take([new(A, 1), new(B, 1)]);
        _rows.Hold();
        _rows.Take([new(C, 1), new(B, 2)]);

        Assert.Equal([(A, 1, true), (B, 2, false)], Shown());
    }

    [Fact]
    public void A_departed_row_that_comes_back_is_no_longer_departed()
    {
        _rows.Take([new(A, 1), new(B, 1)]);
        _rows.Hold();
        _rows.Take([new(B, 1)]);
        _rows.Take([new(A, 3), new(B, 1)]);

        Assert.Equal([(A, 3, false), (B, 1, false)], Shown());
        Assert.False(_rows.OutOfDate);
    }

    [Fact]
    public void Letting_go_shows_what_was_read_last()
    {
        _rows.Take([new(A, 1), new(B, 1)]);
        _rows.Hold();
        _rows.Take([new(C, 1), new(B, 2)]);
        _rows.LetGo();

        Assert.Equal([(C, 1, false), (B, 2, false)], Shown());
        Assert.False(_rows.OutOfDate);
    }

    [Fact]
    public void Another_list_replaces_the_rows_even_while_they_are_held()
    {
        _rows.Take([new(A, 1), new(B, 1)]);
        _rows.Hold();
        _rows.Take([new(C, 1)], anotherList: true);

        Assert.Equal([(C, 1, false)], Shown());
    }

    [Fact]
    public void The_first_row_of_an_empty_list_need_not_wait()
    {
        _rows.Hold();
        _rows.Take([new(A, 1)]);

        Assert.Equal([(A, 1, false)], Shown());
    }

    private List<(Guid Id, int Version, bool Departed)> Shown() =>
        [.. _rows.Rows.Select(row => (row.Value.Id, row.Value.Version, row.Departed))];

    private sealed record Row(Guid Id, int Version);
}
