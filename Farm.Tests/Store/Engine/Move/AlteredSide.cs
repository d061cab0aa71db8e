using Farm.Server.Store.Engine.Move;

namespace Farm.Tests.Store.Engine.Move;

/// <summary>A source that does something to a row when its table is read, the first time for the copy and the second time for the comparison.</summary>
internal sealed class AlteredSide(IMoveSide side, string table, int reading, Action<object?[]> alter) : IMoveSide
{
    private int _readings;

    public string Name => side.Name;

    public IReadOnlyList<MoveTable> Tables => side.Tables;

    public long Count(MoveTable counted) => side.Count(counted);

    public MoveRows Read(MoveTable read) => read.Name == table && ++_readings == reading ? new Rows(read, side.Read(read), alter) : side.Read(read);

    public void Dispose() => side.Dispose();

    private sealed class Rows(MoveTable table, MoveRows rows, Action<object?[]> alter) : MoveRows(table)
    {
        public override bool Read()
        {
            if (!rows.Read()) return false;
            rows.Values.CopyTo(Values, 0);
            alter(Values);
            return true;
        }

        public override void Dispose() => rows.Dispose();
    }
}
