using System.Globalization;

namespace Farm.Server.JobTypes.OpenJobDescription.Reading;

/// <summary>Whole and other numbers, as texts that keep what was written: 10.0 stays 10.0.</summary>
internal static class Numbers
{
    /// <summary>The plain form of a whole number of 64 bits, or null.</summary>
    public static string? Integer(string text) =>
        long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : null;

    /// <summary>The plain form of a finite number, or null.</summary>
    public static string? Float(string text)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        text = text.Trim();
        if (!double.TryParse(text, Style, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number)) return null;
        return decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var exact) && (exact != 0 || number == 0)
            ? exact.ToString(CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>The plain form of a number of a type, or null.</summary>
    public static string? Of(Model.ParameterType type, string text) => type == Model.ParameterType.Int ? Integer(text) : Float(text);

    /// <summary>Compares two numbers in their plain form.</summary>
    public static int Compare(string left, string right) =>
        decimal.TryParse(left, CultureInfo.InvariantCulture, out var a) && decimal.TryParse(right, CultureInfo.InvariantCulture, out var b)
            ? a.CompareTo(b)
            : double.Parse(left, CultureInfo.InvariantCulture).CompareTo(double.Parse(right, CultureInfo.InvariantCulture));
}
