namespace Farm.Tests.Benchmarks;

/// <summary>A console table, written line by line.</summary>
internal sealed class Table
{
    private readonly int[] _widths;

    public Table(string title, params string[] columns)
    {
        _widths = [.. columns.Select(column => Math.Max(column.Length, 9) + 2)];
        _widths[0] = 52;
        Console.WriteLine($"\n{title}");
        Row(columns);
    }

    public void Row(params string[] cells)
    {
        var line = cells[0].PadRight(_widths[0]);
        for (var i = 1; i < cells.Length; i++) line += cells[i].PadLeft(_widths[i]);
        Console.WriteLine(line);
    }
}
