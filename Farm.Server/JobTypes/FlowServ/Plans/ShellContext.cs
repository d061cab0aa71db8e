using System.Text;

namespace Farm.Server.JobTypes.FlowServ.Plans;

/// <summary>The quotes around a place in a shell command.</summary>
internal enum ShellQuotes
{
    None,
    Double,
    Single,
}

/// <summary>
/// Follows the text of a shell command, as far as needed to put a value at its end as one argument: which quotes are open, and whether the place is
/// one where even a quoted value would become a program. A misjudged place costs a value its quotes, never more: the worker's shell takes values
/// from environment variables, whose content it does not parse.
/// </summary>
internal sealed class ShellContext
{
    private readonly Stack<(char Open, List<string> Words, string Word)> _outer = new();
    private List<string> _words = [];
    private readonly StringBuilder _word = new();
    private char _open;
    private char _before;
    private bool _isEscaped;
    private bool _isComment;
    /// <summary>The number of open brackets at the first calculation; 0 outside.</summary>
    private int _arithmetic;
    private bool _hasDocument;

    /// <summary>The quotes that are open at the end of the text.</summary>
    public ShellQuotes Quotes => _open switch { '"' => ShellQuotes.Double, '\'' => ShellQuotes.Single, _ => ShellQuotes.None };

    /// <summary>Why a text at the end would be run or interpreted; null if it is an argument like any other.</summary>
    public string? WhyNotAnArgument() =>
        _hasDocument ? "stands behind a here-document"
        : _arithmetic > 0 ? "would be calculated with, which shells evaluate"
        : ShellPrograms.IsProgram(_words, _word.ToString()) ? "would be the program to run"
        : ShellPrograms.IsCode(_words, _word.ToString()) ? "would be code of another program"
        : null;

    /// <summary>Adds a text.</summary>
    public void Add(string text)
    {
        foreach (var c in text)
        {
            Read(c);
            _before = c;
        }
    }

    /// <summary>Adds a value, as part of a word.</summary>
    public void AddValue()
    {
        _word.Append('?');
        _before = '?';
    }

    private void Read(char c)
    {
        if (_isComment) _isComment = c != '\n';
        else if (_isEscaped) Escaped(c);
        else if (_open == '\'') Quoted(c);
        else if (c == '\\') _isEscaped = true;
        else if (c == '`') Backquote();
        else if (c == '(' && _before == '$') Enter('(');
        else if (_open == '"') Quoted(c);
        else Plain(c);
    }

    private void Escaped(char c)
    {
        _isEscaped = false;
        _word.Append(c);
    }

    private void Quoted(char c)
    {
        if (c == _open) _open = Leave();
        else _word.Append(c);
    }

    private void Plain(char c)
    {
        switch (c)
        {
            case '"' or '\'':
                _outer.Push((_open, _words, ""));
                _open = c;
                break;
            case '(':
                if (_arithmetic == 0 && _before == '(' && _open == '(') _arithmetic = _outer.Count;
                Enter('(');
                break;
            case ')':
                if (_open == '(') LeaveCommand();
                else EndCommand();
                break;
            case '#' when _word.Length == 0:
                _isComment = true;
                break;
            case ';' or '&' or '|' or '\n':
                EndCommand();
                break;
            case '<' or '>':
                _hasDocument |= c == '<' && _before == '<';
                EndWord();
                break;
            default:
                if (char.IsWhiteSpace(c)) EndWord();
                else _word.Append(c);
                break;
        }
    }

    private void Backquote()
    {
        if (_open == '`') LeaveCommand();
        else Enter('`');
    }

    /// <summary>Begins a command within a command.</summary>
    private void Enter(char open)
    {
        _outer.Push((_open, _words, _word.ToString()));
        (_open, _words) = (open, []);
        _word.Clear();
    }

    private void LeaveCommand()
    {
        (_open, _words, var word) = _outer.Pop();
        if (_outer.Count < _arithmetic) _arithmetic = 0;
        _word.Clear().Append(word).Append('?');
    }

    private char Leave() => _outer.Pop().Open;

    private void EndCommand()
    {
        _words = [];
        _word.Clear();
    }

    private void EndWord()
    {
        if (_word.Length > 0) _words.Add(_word.ToString());
        _word.Clear();
    }
}
