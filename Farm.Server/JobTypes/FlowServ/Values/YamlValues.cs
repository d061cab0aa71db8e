using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Farm.Server.Domain;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Farm.Server.JobTypes.FlowServ.Values;

/// <summary>
/// Reads values from YAML. Plain scalars follow YAML 1.1, for which templates are written: <c>yes</c> is true, <c>1e3</c> is a string. Dates
/// stay strings. JSON is accepted as a subset of YAML.
/// </summary>
internal static partial class YamlValues
{
    private const int DeepestNesting = 50;

    /// <summary>Maximum number of values after expanding aliases, so that a few lines cannot exhaust memory.</summary>
    private const int MostValues = 100_000;

    /// <summary>Parses a text that contains at most one document.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="file">Names the text in error messages.</param>
    /// <exception cref="FarmException">The text is not YAML, has several documents, or has a key that is repeated or not a string.</exception>
    public static PyValue Parse(string yaml, string file)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException broken)
        {
            throw FarmException.Invalid($"{file} is not valid YAML in line {broken.Start.Line}: {broken.Message}");
        }

        if (stream.Documents.Count > 1) throw FarmException.Invalid($"{file} holds more than one document");
        var count = 0;
        return stream.Documents.Count == 0 ? PyValue.None : Read(stream.Documents[0].RootNode, file, 0, ref count);
    }

    private static PyValue Read(YamlNode node, string file, int depth, ref int count)
    {
        if (depth > DeepestNesting || ++count > MostValues) throw FarmException.Invalid($"{file} is nested too deeply or has too many values");
        switch (node)
        {
            case YamlScalarNode scalar:
                return Scalar(scalar, file);
            case YamlSequenceNode sequence:
                var items = new List<PyValue>();
                foreach (var item in sequence.Children) items.Add(Read(item, file, depth + 1, ref count));
                return new PyList(items);
            case YamlMappingNode mapping:
                var entries = new List<KeyValuePair<string, PyValue>>();
                foreach (var (key, value) in mapping.Children)
                {
                    if (key is not YamlScalarNode { Value: { } name })
                        throw FarmException.Invalid($"{file} has a name in line {key.Start.Line} that is no text");
                    entries.Add(KeyValuePair.Create(name, Read(value, file, depth + 1, ref count)));
                }

                return new PyMap(entries);
            default:
                throw FarmException.Invalid($"{file} cannot be read in line {node.Start.Line}");
        }
    }

    private static PyValue Scalar(YamlScalarNode scalar, string file)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any)) return new PyText(text);
        if (!scalar.Tag.IsEmpty) return scalar.Tag.Value == "tag:yaml.org,2002:str" ? new PyText(text) : throw Unusable(scalar, file, "has a tag that is not known");
        if (text is "" or "~" or "null" or "Null" or "NULL") return PyValue.None;
        if (True().IsMatch(text)) return new PyBool(true);
        if (False().IsMatch(text)) return new PyBool(false);
        if (Whole().IsMatch(text)) return new PyInt(ReadWhole(text.Replace("_", "")));
        if (Fraction().IsMatch(text)) return new PyFloat(double.Parse(text.Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture));
        if (Infinity().IsMatch(text)) throw Unusable(scalar, file, "is no number that JSON can write");
        return new PyText(text);
    }

    private static FarmException Unusable(YamlScalarNode scalar, string file, string why) =>
        FarmException.Invalid($"{file} has a value in line {scalar.Start.Line} that {why}: {scalar.Value}");

    private static BigInteger ReadWhole(string text)
    {
        var sign = text[0] == '-' ? -1 : 1;
        var digits = text.TrimStart('+', '-');
        if (digits.StartsWith("0x")) return sign * BigInteger.Parse("0" + digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (digits.StartsWith("0b")) return sign * InBase(2, digits[2..]);
        return sign * (digits.Length > 1 && digits[0] == '0' ? InBase(8, digits) : BigInteger.Parse(digits, CultureInfo.InvariantCulture));
    }

    private static BigInteger InBase(int radix, string digits) => digits.Aggregate(BigInteger.Zero, (sum, digit) => (sum * radix) + (digit - '0'));

    [GeneratedRegex("^(yes|Yes|YES|true|True|TRUE|on|On|ON)$")]
    private static partial Regex True();

    [GeneratedRegex("^(no|No|NO|false|False|FALSE|off|Off|OFF)$")]
    private static partial Regex False();

    [GeneratedRegex("^[+-]?(0b[01_]*[01][01_]*|0x[0-9a-fA-F_]*[0-9a-fA-F][0-9a-fA-F_]*|0[0-7_]*|[1-9][0-9_]*)$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^[+-]?([0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)([eE][+-][0-9]+)?$")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"^([+-]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$")]
    private static partial Regex Infinity();
}
