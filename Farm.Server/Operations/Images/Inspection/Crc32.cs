namespace Farm.Server.Operations.Images.Inspection;

/// <summary>The checksum of PNG chunks (polynomial 0xEDB88320). The framework's implementation is in a package that nothing else here needs.</summary>
internal sealed class Crc32
{
    private static readonly uint[] Table = MakeTable();
    private uint _state = uint.MaxValue;

    /// <summary>The checksum of everything added so far.</summary>
    public uint Value => ~_state;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var state = _state;
        foreach (var b in bytes)
            state = Table[(byte)(state ^ b)] ^ (state >> 8);
        _state = state;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) == 0 ? value >> 1 : 0xEDB88320 ^ (value >> 1);
            table[i] = value;
        }
        return table;
    }
}
