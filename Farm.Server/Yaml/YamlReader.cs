using System.Buffers;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Farm.Server.Yaml;

/// <summary>
/// Reads YAML from outside, for the whole product. It follows the parser's events, so that limits apply before nesting overflows the stack,
/// before aliases exhaust memory, and before the parser itself becomes slow: its time grows with the square of the nesting.
/// </summary>
internal sealed class YamlReader
{
    private const int MostEchoed = 60;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789abcdefABCDEFxXob+-._:");

    private readonly Dictionary<AnchorName, YamlNode> _anchors = [];
    private readonly YamlLimits _limits;
    private readonly Parser _parser;
    private readonly int _lastLine;
    private long _values;
    private long _characters;

    private YamlReader(string text, YamlLimits limits)
    {
        _limits = limits;
        _lastLine = text.AsSpan().TrimEnd().Count('\n') + 1;
        _parser = new Parser(new StringReader(text));
    }

    private ParsingEvent Current => _parser.Current!;

    private int Line => LineOf(Current.Start);

    /// <summary>Reads a text that has at most one document; null for none.</summary>
    /// <exception cref="InvalidYamlException">The text is not YAML, repeats a name, has several documents or exceeds a limit.</exception>
    public static YamlNode? Read(string text, YamlLimits? limits = null)
    {
        limits ??= YamlLimits.Default;
        if (text.Length > limits.MaxCharacters) throw TooLong(1, limits);
        return new YamlReader(text, limits).ReadDocument();
    }

    /// <inheritdoc cref="Read(string, YamlLimits?)"/>
    /// <exception cref="IOException">Reading failed.</exception>
    public static YamlNode? Read(TextReader text, YamlLimits? limits = null)
    {
        var most = (limits ??= YamlLimits.Default).MaxCharacters;
        var read = new System.Text.StringBuilder();
        var buffer = new char[16 * 1024];
        for (int count; read.Length <= most && (count = text.Read(buffer)) > 0;) read.Append(buffer, 0, count);
        return Read(read.ToString(), limits);
    }

    private YamlNode? ReadDocument()
    {
        Next();
        Next();
        if (Current is not DocumentStart) return null;
        Next();
        var root = ReadNode(0);
        Next();
        Next();
        return Current is DocumentStart
            ? throw new InvalidYamlException(Line, "it has more than one document; remove what follows \"...\" or the second \"---\"")
            : root;
    }

    private YamlNode ReadNode(int depth)
    {
        var line = Line;
        if (depth > _limits.MaxDepth) throw TooDeep(line);
        switch (Current)
        {
            case AnchorAlias alias:
                return Use(alias, line, depth);
            case Scalar scalar:
                Count(1, 0, line);
                return ReadScalar(scalar, line);
            case SequenceStart sequence:
                return Anchored(sequence, ReadList(line, depth));
            case MappingStart mapping:
                return Anchored(mapping, ReadMap(line, depth));
            default:
                throw new InvalidYamlException(line, "a value is missing") { IsMalformed = true };
        }
    }

    private YamlNode Use(AnchorAlias alias, int line, int depth)
    {
        if (!_anchors.TryGetValue(alias.Value, out var node))
            throw new InvalidYamlException(line, $"the alias *{Echo(alias.Value.Value)} stands for nothing before it");
        if (depth + node.Height > _limits.MaxDepth) throw TooDeep(line);
        Count(node.Values, node.Characters, line);
        return node;
    }

    private T Anchored<T>(NodeEvent from, T node)
        where T : YamlNode
    {
        if (!from.Anchor.IsEmpty) _anchors[from.Anchor] = node;
        return node;
    }

    private YamlList ReadList(int line, int depth)
    {
        Count(1, 0, line);
        var items = new List<YamlNode>();
        for (Next(); Current is not SequenceEnd; Next()) items.Add(ReadNode(depth + 1));
        return new YamlList(line, items);
    }

    private YamlMap ReadMap(int line, int depth)
    {
        Count(1, 0, line);
        var entries = new List<(YamlScalar, YamlNode)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (Next(); Current is not MappingEnd; Next())
        {
            var name = ReadName(depth + 1);
            if (!names.Add(name.Text)) throw new InvalidYamlException(name.Line, $"\"{Echo(name.Text)}\" is there twice");
            Next();
            entries.Add((name, ReadNode(depth + 1)));
        }

        return new YamlMap(line, entries);
    }

    private YamlScalar ReadName(int depth)
    {
        var line = Line;
        var node = Current switch
        {
            Scalar scalar => ReadScalar(scalar, line),
            AnchorAlias alias => Use(alias, line, depth),
            _ => null,
        };
        if (node is not YamlScalar name) throw new InvalidYamlException(line, "the name of a property must be a text");
        // Where an alias is used as a name, the error belongs to the use.
        if (name.Line != line) name = new YamlScalar(line, name.Text, name.IsPlain, name.Tag);
        return name.Text.Length <= _limits.MaxNameLength
            ? name
            : throw new InvalidYamlException(line, $"a name is longer than {_limits.MaxNameLength} characters; shorten it");
    }

    private YamlScalar ReadScalar(Scalar scalar, int line)
    {
        Count(0, scalar.Value.Length, line);
        var tag = scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific ? null : scalar.Tag.Value;
        if (tag?.Length > _limits.MaxNameLength) throw new InvalidYamlException(line, $"a tag is longer than {_limits.MaxNameLength} characters; shorten it");
        var isPlain = scalar is { Style: ScalarStyle.Plain, Tag.IsEmpty: true };
        if (isPlain && scalar.Value.Length > _limits.MaxNumberLength && LooksLikeNumber(scalar.Value))
            throw new InvalidYamlException(line, $"a number is longer than {_limits.MaxNumberLength} characters; put it in quotes if it is a text");
        return Anchored(scalar, new YamlScalar(line, scalar.Value, isPlain, tag));
    }

    private static bool LooksLikeNumber(string text) =>
        (char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.') && !text.AsSpan().ContainsAnyExcept(NumberCharacters);

    private void Count(int values, long characters, int line)
    {
        _values += values;
        _characters += characters;
        if (_values > _limits.MaxValues)
            throw new InvalidYamlException(line, $"it is too large: the most are {_limits.MaxValues} values, and each use of an alias counts");
        if (_characters > _limits.MaxCharacters) throw TooLong(line, _limits);
    }

    private void Next()
    {
        try
        {
            if (!_parser.MoveNext()) throw new InvalidYamlException(_lastLine, "it ends too early") { IsMalformed = true };
        }
        catch (YamlException broken)
        {
            // The position where the parser detected the problem, which may be past the last line.
            throw new InvalidYamlException(LineOf(broken.End), (broken.InnerException ?? broken).Message.TrimEnd('.')) { IsMalformed = true };
        }
        catch (ArgumentException)
        {
            // The parser passes escapes such as \UFFFFFFFF and tags that are no addresses on unchecked.
            throw Malformed("an escape such as \\UFFFFFFFF is no character, or a tag is no address");
        }
        catch (InvalidOperationException)
        {
            // The parser loses its place in some broken texts, such as a name without a value over several lines within braces.
            throw Malformed("a name, a bracket or a brace is in the wrong place");
        }
    }

    private InvalidYamlException Malformed(string reason) => new(LineOf(_parser.Current?.End ?? Mark.Empty), reason) { IsMalformed = true };

    private int LineOf(Mark mark) => (int)Math.Clamp(mark.Line, 1, _lastLine);

    private InvalidYamlException TooDeep(int line) => new(line, $"it is nested too deep: the most are {_limits.MaxDepth} levels");

    private static InvalidYamlException TooLong(int line, YamlLimits limits) =>
        new(line, $"it is too large: the most are {limits.MaxCharacters} characters, and each use of an alias counts");

    private static string Echo(string text) => text.Length > MostEchoed ? text[..MostEchoed] + "…" : text;
}
