using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Farm.Server.JobTypes.FlowServ.Values;

/// <summary>Parses numbers like Python's <c>int</c> and <c>float</c>.</summary>
internal static partial class PythonNumbers
{
    /// <summary>Maximum number of characters; Python has the same limit for digits.</summary>
    private const int MostDigits = 4300;

    /// <summary>Parses an integer; allows surrounding whitespace and single underscores between digits. Null if the text is not one.</summary>
    public static BigInteger? Int(string text)
    {
        text = text.Trim();
        return text.Length <= MostDigits && Whole().IsMatch(text)
            ? BigInteger.Parse(text.Replace("_", ""), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>Parses a number, <c>inf</c> or <c>nan</c>; returns null for anything else.</summary>
    public static double? Float(string text)
    {
        text = text.Trim();
        if (text.Length <= MostDigits && Decimal().IsMatch(text))
            return double.Parse(text.Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture);
        return text.ToLowerInvariant() switch
        {
            "inf" or "+inf" or "infinity" or "+infinity" => double.PositiveInfinity,
            "-inf" or "-infinity" => double.NegativeInfinity,
            "nan" or "+nan" or "-nan" => double.NaN,
            _ => null,
        };
    }

    [GeneratedRegex("^[+-]?[0-9]+(_[0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(
        @"^[+-]?([0-9]+(_[0-9]+)*(\.([0-9]+(_[0-9]+)*)?)?|\.[0-9]+(_[0-9]+)*)([eE][+-]?[0-9]+(_[0-9]+)*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();
}
