using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Farm.Server.JobTypes.FlowServ.Values;

/// <summary>Reads numbers from text the way Python's <c>int</c> and <c>float</c> do.</summary>
internal static partial class PythonNumbers
{
    /// <summary>So many digits are taken; Python has such a limit as well.</summary>
    private const int MostDigits = 4300;

    /// <summary>A whole number, maybe with blanks around it and single underscores between digits; null when it is none.</summary>
    public static BigInteger? Int(string text)
    {
        text = text.Trim();
        return text.Length <= MostDigits && Whole().IsMatch(text)
            ? BigInteger.Parse(text.Replace("_", ""), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>A number, <c>inf</c> or <c>nan</c>; null when it is none.</summary>
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
