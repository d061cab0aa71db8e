namespace Farm.Server.JobTypes.OpenJobDescription.Spaces;

/// <summary>Parses combination expressions such as <c>(A, B) * C</c>.</summary>
internal sealed class CombinationParser
{
    /// <summary>Maximum length of an expression.</summary>
    public const int MostCharacters = 1280;

    private readonly string _text;
    private int _at;

    private CombinationParser(string text) => _text = text;

    /// <summary>Parses an expression, which must contain each name exactly once.</summary>
    /// <exception cref="FormatException">The expression is invalid, or a name is unknown, missing or repeated; the message says which.</exception>
    public static Combination Parse(string text, IReadOnlyCollection<string> names)
    {
        if (text.Length is 0 or > MostCharacters) throw new FormatException($"must have 1 to {MostCharacters} characters");
        var parser = new CombinationParser(text);
        var combination = parser.ReadProduct();
        if (parser.Peek() is { } rest) throw parser.Unexpected(rest);
        var used = combination.Names.ToList();
        if (used.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
            throw new FormatException($"\"{unknown}\" is no task parameter of this step");
        if (used.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } repeated)
            throw new FormatException($"\"{repeated.Key}\" is there more than once");
        if (names.FirstOrDefault(name => !used.Contains(name)) is { } missing)
            throw new FormatException($"\"{missing}\" is missing: each task parameter must be there once");
        return combination;
    }

    private Combination ReadProduct()
    {
        List<Combination> factors = [ReadElement()];
        while (Take('*')) factors.Add(ReadElement());
        return factors is [var only] ? only : new Combination.Product(factors);
    }

    private Combination ReadElement()
    {
        if (!Take('(')) return new Combination.Parameter(ReadName());
        List<Combination> members = [ReadProduct()];
        while (Take(',')) members.Add(ReadProduct());
        if (!Take(')')) throw Peek() is { } other ? Unexpected(other) : new FormatException("a parenthesis is not closed");
        return members is [var only] ? only : new Combination.Association(members);
    }

    private string ReadName()
    {
        if (Peek() is not { } first) throw new FormatException("ends where the name of a task parameter should be");
        if (!IsNameCharacter(first)) throw Unexpected(first);
        var start = _at;
        while (_at < _text.Length && IsNameCharacter(_text[_at])) _at++;
        return _text[start.._at];
    }

    private char? Peek()
    {
        while (_at < _text.Length && _text[_at] == ' ') _at++;
        return _at < _text.Length ? _text[_at] : null;
    }

    private bool Take(char wanted)
    {
        if (Peek() != wanted) return false;
        _at++;
        return true;
    }

    private FormatException Unexpected(char found) => new($"has an unexpected \"{found}\" at character {_at + 1}");

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
