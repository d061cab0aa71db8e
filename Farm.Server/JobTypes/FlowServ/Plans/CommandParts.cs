using System.Text;

namespace Farm.Server.JobTypes.FlowServ.Plans;

/// <summary>Collects the parts of a command.</summary>
internal sealed class CommandParts
{
    private readonly List<CommandPart> _parts = [];
    private readonly StringBuilder _text = new();
    private readonly ShellContext _shell = new();

    /// <summary>Adds shell text.</summary>
    public void AddText(string text)
    {
        _text.Append(text);
        _shell.Add(text);
    }

    /// <summary>Adds a program of the worker.</summary>
    public void AddProgram(string name)
    {
        EndText();
        _parts.Add(new CommandPart.Program(name));
        _shell.Add(name);
    }

    /// <summary>Why a value must not come next; null if it may.</summary>
    public string? WhyNoValue(string value) => value.Contains('\0') ? "has a character with the code 0" : _shell.WhyNotAnArgument();

    /// <summary>Adds a value.</summary>
    public void AddValue(string value)
    {
        EndText();
        _parts.Add(new CommandPart.Argument(value, _shell.Quotes));
        _shell.AddValue();
    }

    /// <summary>The parts, without whitespace before and after the command.</summary>
    public IReadOnlyList<CommandPart> Trimmed()
    {
        EndText();
        if (_parts is [CommandPart.Text first, ..]) _parts[0] = new CommandPart.Text(first.Value.TrimStart());
        if (_parts is [.., CommandPart.Text last]) _parts[^1] = new CommandPart.Text(last.Value.TrimEnd());
        _parts.RemoveAll(part => part is CommandPart.Text { Value: "" });
        return _parts;
    }

    private void EndText()
    {
        if (_text.Length > 0) _parts.Add(new CommandPart.Text(_text.ToString()));
        _text.Clear();
    }
}
