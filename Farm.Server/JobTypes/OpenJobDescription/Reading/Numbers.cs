using System.Globalization;

namespace Farm.Server.JobTypes.OpenJobDescription.Reading;

/// <summary>Normalizes numbers as text without losing precision: 10.0 stays 10.0.</summary>
internal static class Numbers
{
    /// <summary>Normalizes a 64-bit integer; returns null for other text.</summary>
    public static string? Integer(string text) =>
        long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : null;

    /// <summary>Normalizes a finite number; returns null for other text.</summary>
    public static string? Float(string text)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        text = text.Trim();
        if (!double.TryParse(text, Style, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number)) return null;
        return decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var exact) && (exact != 0 || number == 0)
            ? exact.ToString(CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>Normalizes a number of the given type; returns null for other text.</summary>
    public static string? Of(Model.ParameterType type, string text) => type == Model.ParameterType.Int ? Integer(text) : Float(text);

    /// <summary>Compares two normalized numbers.</summary>
    public static int Compare(string left, string right) =>
        decimal.TryParse(left, CultureInfo.InvariantCulture, out var a) && decimal.TryParse(right, CultureInfo.InvariantCulture, out var b)
            ? a.CompareTo(b)
            : double.Parse(left, CultureInfo.InvariantCulture).CompareTo(double.Parse(right, CultureInfo.InvariantCulture));
}
