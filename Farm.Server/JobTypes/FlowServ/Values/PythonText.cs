using System.Globalization;
using System.Text;

namespace Farm.Server.JobTypes.FlowServ.Values;

/// <summary>Formats values like Python's <c>str</c> and <c>repr</c> (Contracts/FlowServ/Contract.md section 6.3).</summary>
internal static class PythonText
{
    /// <summary>Python writes floats with an exponent from 1e16 on.</summary>
    private const int LargestPlainExponent = 16;

    private const int SmallestPlainExponent = -4;

    /// <summary>The value as inserted into a command: a string unchanged, anything else as <see cref="Repr"/>.</summary>
    public static string Str(PyValue value) => value is PyText text ? text.Value : Repr(value);

    /// <summary>The value as Python source code.</summary>
    public static string Repr(PyValue value) => value switch
    {
        PyNone => "None",
        PyBool flag => flag.Value ? "True" : "False",
        PyInt number => number.Value.ToString(CultureInfo.InvariantCulture),
        PyFloat number => Float(number.Value),
        PyText text => Quoted(text.Value),
        PyList list => $"[{string.Join(", ", list.Items.Select(Repr))}]",
        PyMap map => $"{{{string.Join(", ", map.Entries.Select(entry => $"{Quoted(entry.Key)}: {Repr(entry.Value)}"))}}}",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    /// <summary>Formats a float with the shortest digits that round-trip, always with a point or exponent, or as <c>inf</c> or <c>nan</c>.</summary>
    public static string Float(double value)
    {
        if (double.IsNaN(value)) return "nan";
        if (double.IsInfinity(value)) return value > 0 ? "inf" : "-inf";
        if (value == 0) return double.IsNegative(value) ? "-0.0" : "0.0";
        var (digits, exponent) = Parts(value);
        var sign = value < 0 ? "-" : "";
        if (exponent is < SmallestPlainExponent or >= LargestPlainExponent)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }

        if (exponent < 0) return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        return digits.Length <= exponent + 1
            ? $"{sign}{digits.PadRight(exponent + 1, '0')}.0"
            : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    /// <summary>The shortest round-trip digits, without a point, and the power of ten of the first digit.</summary>
    private static (string Digits, int Exponent) Parts(double value)
    {
        var text = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var mark = text.IndexOf('E');
        var mantissa = mark < 0 ? text : text[..mark];
        var point = mantissa.IndexOf('.') is var at and >= 0 ? at : mantissa.Length;
        var all = mantissa.Replace(".", "");
        var zeros = all.Length - all.TrimStart('0').Length;
        var exponent = point - 1 - zeros + (mark < 0 ? 0 : int.Parse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        return (all.Trim('0'), exponent);
    }

    private static string Quoted(string text)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        var written = new StringBuilder().Append(quote);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == quote || rune.Value == '\\') written.Append('\\').Append((char)rune.Value);
            else if (IsPrintable(rune)) written.Append(rune.ToString());
            else written.Append(Escape(rune.Value));
        }

        return written.Append(quote).ToString();
    }

    private static string Escape(int code) => code switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        <= 0xFF => $"\\x{code:x2}",
        <= 0xFFFF => $"\\u{code:x4}",
        _ => $"\\U{code:x8}",
    };

    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
