using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Farm.Server.JobTypes.OpenJobDescription.Reading;

/// <summary>
/// Parses YAML 1.2 from events instead of a finished tree, so that nesting is limited before it overflows the stack, and aliases before they
/// exhaust memory.
/// </summary>
internal sealed partial class YamlNodes
{
    private const string TextTag = "tag:yaml.org,2002:str";

    private readonly Dictionary<AnchorName, TemplateNode> _anchors = [];
    private readonly Parser _parser;

    private YamlNodes(string text) => _parser = new Parser(new StringReader(text));

    private int Line => (int)_parser.Current!.Start.Line;

    /// <summary>Parses a text that contains one document.</summary>
    /// <exception cref="TemplateSyntaxException">The text is not YAML, does not have exactly one document, or is too large.</exception>
    public static TemplateNode Read(string text)
    {
        try
        {
            return new YamlNodes(text).ReadDocument();
        }
        catch (YamlException broken)
        {
            // The position where the parser detected the problem, which may be past the last line.
            var line = Math.Clamp((int)broken.End.Line, 1, text.TrimEnd().Count(c => c == '\n') + 1);
            throw new TemplateSyntaxException(line, $"this is not YAML: {(broken.InnerException ?? broken).Message.TrimEnd('.')}");
        }
    }

    private TemplateNode ReadDocument()
    {
        Next();
        Next();
        if (_parser.Current is not DocumentStart) throw new TemplateSyntaxException(1, "the file is empty");
        Next();
        var root = ReadNode(0);
        Next();
        Next();
        if (_parser.Current is DocumentStart) throw new TemplateSyntaxException(Line, "the file has more than one document");
        return root;
    }

    private void Next() => _parser.MoveNext();

    private TemplateNode ReadNode(int depth)
    {
        var line = Line;
        if (depth > TemplateNode.DeepestNesting) throw new TemplateSyntaxException(line, "things lie too deep in one another");
        switch (_parser.Current)
        {
            case AnchorAlias alias:
                return _anchors.GetValueOrDefault(alias.Value) ?? throw new TemplateSyntaxException(line, $"the alias *{alias.Value} stands for nothing before it");
            case Scalar scalar:
                return Anchored(scalar, ReadScalar(scalar, line));
            case SequenceStart sequence:
                return Anchored(sequence, ReadList(line, depth));
            case MappingStart mapping:
                return Anchored(mapping, ReadMap(line, depth));
            default:
                throw new TemplateSyntaxException(line, "this is not YAML that a template could be");
        }
    }

    private TemplateNode Anchored(NodeEvent from, TemplateNode node)
    {
        if (!from.Anchor.IsEmpty) _anchors[from.Anchor] = node;
        return node;
    }

    private TemplateNode ReadList(int line, int depth)
    {
        var list = new TemplateNode(NodeKind.List, line);
        for (Next(); _parser.Current is not SequenceEnd; Next()) list.Add(ReadNode(depth + 1), null, Line);
        return list;
    }

    private TemplateNode ReadMap(int line, int depth)
    {
        var map = new TemplateNode(NodeKind.Map, line);
        for (Next(); _parser.Current is not MappingEnd; Next())
        {
            var keyLine = Line;
            var key = ReadNode(depth + 1);
            if (key.Kind is NodeKind.List or NodeKind.Map) throw new TemplateSyntaxException(keyLine, "the name of a property must be a text");
            Next();
            map.Add(ReadNode(depth + 1), key.Text, keyLine);
        }

        return map;
    }

    private static TemplateNode ReadScalar(Scalar scalar, int line)
    {
        var text = scalar.Value;
        if (!scalar.Tag.IsEmpty && !scalar.Tag.IsNonSpecific)
        {
            return scalar.Tag.Value == TextTag
                ? new TemplateNode(NodeKind.Text, line, text)
                : throw new TemplateSyntaxException(line, $"the tag {scalar.Tag.Value} has no meaning in a template");
        }

        if (scalar.Style != ScalarStyle.Plain || !scalar.Tag.IsEmpty) return new TemplateNode(NodeKind.Text, line, text);
        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => new TemplateNode(NodeKind.Null, line, text),
            "true" or "True" or "TRUE" => new TemplateNode(NodeKind.Boolean, line, "true"),
            "false" or "False" or "FALSE" => new TemplateNode(NodeKind.Boolean, line, "false"),
            _ when IntegerPattern().IsMatch(text) => new TemplateNode(
                NodeKind.Integer, line, BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)),
            _ when OtherBasePattern().IsMatch(text) => new TemplateNode(NodeKind.Integer, line, FromOtherBase(text)),
            _ when FloatPattern().IsMatch(text) => new TemplateNode(NodeKind.Float, line, text),
            _ => new TemplateNode(NodeKind.Text, line, text),
        };
    }

    private static string FromOtherBase(string text)
    {
        var numberBase = text[1] == 'x' ? 16 : 8;
        return text[2..].Aggregate(BigInteger.Zero, (sum, digit) => sum * numberBase + Convert.ToInt32(digit.ToString(), 16))
            .ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\A[-+]?[0-9]{1,400}\z")]
    private static partial Regex IntegerPattern();

    [GeneratedRegex(@"\A(0o[0-7]{1,400}|0x[0-9a-fA-F]{1,400})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex OtherBasePattern();

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex FloatPattern();
}
