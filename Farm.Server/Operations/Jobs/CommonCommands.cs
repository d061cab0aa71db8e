using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Jobs;

/// <summary>
/// Finds out what the commands of a job's tasks have in common, so that it is stored once: equal commands share one row, and long ones are stored as
/// their difference from earlier ones. It remembers few, so that this takes little memory.
/// </summary>
internal sealed class CommonCommands
{
    private const int MaxEqual = 1000;

    /// <summary>Longer commands are only compared with the <see cref="MaxLong"/> last ones, in characters.</summary>
    private const int MaxEqualLength = CommandDelta.MinLength;

    private const int MaxLong = 4;

    /// <summary>The length of remembered long commands together, in characters; the last is always remembered.</summary>
    private const long MaxLongLength = 16 * 1024 * 1024;

    private readonly Dictionary<string, NewCommandList> _equal = [];
    private readonly List<NewCommandList> _long = [];

    /// <summary>The list to store for commands; the same object for equal commands.</summary>
    /// <param name="commands">The commands as JSON.</param>
    public NewCommandList Find(string commands) => commands.Length < MaxEqualLength ? FindEqual(commands) : FindLong(commands);

    private NewCommandList FindEqual(string commands)
    {
        if (_equal.TryGetValue(commands, out var known)) return known;
        var list = new NewCommandList(commands);
        if (_equal.Count < MaxEqual) _equal.Add(commands, list);
        return list;
    }

    private NewCommandList FindLong(string commands)
    {
        if (_long.Find(known => known.Text == commands) is { } equal) return equal;
        NewCommandList? shortest = null;
        foreach (var known in _long)
        {
            if (CommandDelta.Write(commands, known.Text) is not { } delta || delta.Length >= shortest?.Text.Length) continue;
            shortest = new NewCommandList(delta, known);
            if (IsShort(delta)) break;
        }

        // The first that differ much may be followed by others like them.
        if (shortest is not null && (IsShort(shortest.Text) || _long.Count == MaxLong)) return shortest;
        var list = new NewCommandList(commands);
        _long.Insert(0, list);
        while (_long.Count > 1 && (_long.Count > MaxLong || _long.Sum(known => (long)known.Text.Length) > MaxLongLength)) _long.RemoveAt(_long.Count - 1);
        return list;

        bool IsShort(string delta) => delta.Length < commands.Length / 16;
    }
}
