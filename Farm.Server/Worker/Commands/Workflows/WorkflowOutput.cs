using System.Text;

namespace Farm.Server.Worker.Commands.Workflows;

/// <summary>
/// Collects the output of a workflow: for each command one text of standard output and one of standard error. Within the manager's limits, only
/// the end of longer output is kept.
/// </summary>
internal sealed class WorkflowOutput
{
    /// <summary>The most characters of all texts.</summary>
    private const int MostCharacters = 768 * 1024;

    /// <summary>The most characters of one text.</summary>
    private const int MostOfOne = 128 * 1024;

    private readonly List<string> _output = [];
    private readonly List<string> _errors = [];
    private readonly StringBuilder[] _current = [new(), new()];
    private readonly Lock _lock = new();

    /// <summary>Adds output of the current command.</summary>
    public void Add(bool isError, ReadOnlySpan<char> text)
    {
        lock (_lock)
        {
            var current = _current[isError ? 1 : 0];
            current.Append(text);
            if (current.Length > 2 * MostOfOne) current.Remove(0, current.Length - MostOfOne);
        }
    }

    /// <summary>Ends the current command.</summary>
    public void EndCommand()
    {
        lock (_lock)
        {
            Keep(_output, _current[0]);
            Keep(_errors, _current[1]);
        }
    }

    /// <summary>All texts: standard output by command, then standard error.</summary>
    public IReadOnlyList<string> Messages()
    {
        lock (_lock)
        {
            var kept = new List<string>();
            var room = MostCharacters;
            foreach (var text in _output.Concat(_errors).Reverse())
            {
                if (room <= 0) break;
                var end = text.Length <= room ? text : text[^room..];
                kept.Add(end);
                room -= end.Length;
            }
            kept.Reverse();
            return kept;
        }
    }

    private static void Keep(List<string> texts, StringBuilder text)
    {
        if (text.Length > 0) texts.Add(text.Length <= MostOfOne ? text.ToString() : text.ToString(text.Length - MostOfOne, MostOfOne));
        text.Clear();
    }
}
