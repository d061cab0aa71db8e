using System.Text;
using Farm.Dashboard.Lists;
using Farm.Dashboard.Ports;

namespace Farm.Tests.Dashboard.Lists;

public sealed class LogLineTests
{
    [Fact]
    public void Lines_are_told_apart_by_where_they_start_in_the_whole_log()
    {
        Assert.Equal([new LogLine(0, "één"), new LogLine(6, ""), new LogLine(7, "two")], Lines("één\n\ntwo\n"));
    }

    [Fact]
    public void The_end_of_a_line_made_on_Windows_is_not_part_of_it()
    {
        Assert.Equal([new LogLine(0, "a"), new LogLine(3, "b")], Lines("a\r\nb\r\n"));
    }

    [Fact]
    public void A_line_keeps_its_offset_when_the_log_grows_and_its_start_falls_away()
    {
        var before = LogLine.Split(new LogTail("é1\né2\né3\n", 12, true));
        var after = LogLine.Split(new LogTail("é2\né3\né4\n", 16, false));

        Assert.Equal(before.Skip(1), after.SkipLast(1));
    }

    private static IReadOnlyList<LogLine> Lines(string text) => LogLine.Split(new LogTail(text, Encoding.UTF8.GetByteCount(text), true));
}
