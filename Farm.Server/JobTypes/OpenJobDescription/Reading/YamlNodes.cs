using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Farm.Server.Yaml;

namespace Farm.Server.JobTypes.OpenJobDescription.Reading;

/// <summary>Reads YAML 1.2 as nodes of a template.</summary>
internal static partial class YamlNodes
{
    private const string TextTag = "tag:yaml.org,2002:str";

    private static readonly YamlLimits Limits = new() { MaxDepth = TemplateNode.DeepestNesting, MaxValues = TemplateNode.MostNodes };

    /// <summary>Parses a text that contains one document.</summary>
    /// <exception cref="TemplateSyntaxException">The text is not YAML, does not have exactly one document, or is too large.</exception>
    public static TemplateNode Read(string text)
    {
        try
        {
            return YamlReader.Read(text, Limits) is { } root ? ReadNode(root) : throw new TemplateSyntaxException(1, "the file is empty");
        }
        catch (InvalidYamlException broken)
        {
            throw new TemplateSyntaxException(broken.Line, broken.IsMalformed ? $"this is not YAML: {broken.Message}" : broken.Message);
        }
    }

    private static TemplateNode ReadNode(YamlNode node)
    {
        switch (node)
        {
            case YamlList list:
                var items = new TemplateNode(NodeKind.List, list.Line);
                foreach (var item in list.Items) items.Add(ReadNode(item), null, item.Line);
                return items;
            case YamlMap map:
                var properties = new TemplateNode(NodeKind.Map, map.Line);
                foreach (var (name, value) in map.Entries) properties.Add(ReadNode(value), ReadScalar(name).Text, name.Line);
                return properties;
            default:
                return ReadScalar((YamlScalar)node);
        }
    }

    private static TemplateNode ReadScalar(YamlScalar scalar)
    {
        var (line, text) = (scalar.Line, scalar.Text);
        if (scalar.Tag is { } tag && tag != TextTag) throw new TemplateSyntaxException(line, $"the tag {tag} has no meaning in a template");
        if (!scalar.IsPlain) return new TemplateNode(NodeKind.Text, line, text);
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
