using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Farm.Server.Domain;
using Farm.Server.Yaml;

namespace Farm.Server.JobTypes.FlowServ.Values;

/// <summary>
/// Reads values from YAML. Plain scalars follow YAML 1.1, for which templates are written: <c>yes</c> is true, <c>1e3</c> is a string. Dates
/// stay strings. JSON is accepted as a subset of YAML.
/// </summary>
internal static partial class YamlValues
{
    private const string TextTag = "tag:yaml.org,2002:str";

    /// <summary>Bits of the largest integer; it has 4,300 digits, the most that Python writes.</summary>
    private const int MostBits = 14_284;

    private const int MostEchoed = 60;

    private static readonly YamlLimits Limits = new() { MaxValues = 100_000 };

    /// <summary>Parses a text that contains at most one document.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="file">Names the text in error messages.</param>
    /// <exception cref="FarmException">
    /// The text is not YAML, has several documents, has a key that is repeated or not a string, or exceeds a limit.
    /// </exception>
    public static PyValue Parse(string yaml, string file)
    {
        try
        {
            return YamlReader.Read(yaml, Limits) is { } root ? Read(root, file) : PyValue.None;
        }
        catch (InvalidYamlException broken)
        {
            throw FarmException.Invalid(broken.Describe(file));
        }
    }

    private static PyValue Read(YamlNode node, string file) => node switch
    {
        YamlList list => new PyList([.. list.Items.Select(item => Read(item, file))]),
        YamlMap map => new PyMap([.. map.Entries.Select(entry => KeyValuePair.Create(entry.Name.Text, Read(entry.Value, file)))]),
        _ => Scalar((YamlScalar)node, file),
    };

    private static PyValue Scalar(YamlScalar scalar, string file)
    {
        var text = scalar.Text;
        if (scalar.Tag is not (null or TextTag)) throw Unusable(scalar, file, "has a tag that is not known");
        if (!scalar.IsPlain) return new PyText(text);
        if (text is "" or "~" or "null" or "Null" or "NULL") return PyValue.None;
        if (True().IsMatch(text)) return new PyBool(true);
        if (False().IsMatch(text)) return new PyBool(false);
        if (Whole().IsMatch(text)) return Integer(scalar, file);
        if (Fraction().IsMatch(text)) return Float(scalar, file);
        if (Infinity().IsMatch(text)) throw Unusable(scalar, file, "is no number that JSON can write");
        return new PyText(text);
    }

    private static PyInt Integer(YamlScalar scalar, string file)
    {
        var number = ReadWhole(scalar.Text.Replace("_", ""));
        return number.GetBitLength() <= MostBits ? new PyInt(number) : throw Unusable(scalar, file, "has more than 4300 digits");
    }

    private static PyFloat Float(YamlScalar scalar, string file)
    {
        var number = double.Parse(scalar.Text.Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number) ? new PyFloat(number) : throw Unusable(scalar, file, "is no number that JSON can write");
    }

    private static FarmException Unusable(YamlScalar scalar, string file, string why) =>
        FarmException.Invalid($"{file} has a value in line {scalar.Line} that {why}: {(scalar.Text.Length > MostEchoed ? scalar.Text[..MostEchoed] + "…" : scalar.Text)}");

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

    [GeneratedRegex("^[+-]?(0b_*[01][01_]*|0x_*[0-9a-fA-F][0-9a-fA-F_]*|0[0-7_]*|[1-9][0-9_]*)$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^[+-]?([0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)([eE][+-][0-9]+)?$")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"^([+-]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$")]
    private static partial Regex Infinity();
}
