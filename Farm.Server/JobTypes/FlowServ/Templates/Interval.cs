using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.JobTypes.FlowServ.Templates;

/// <summary>A numeric range such as <c>[0,300)</c>; an empty bound is infinite (Contracts/FlowServ/Contract.md section 5.1).</summary>
internal sealed record Interval(double Low, double High, bool HasLow, bool HasHigh)
{
    /// <summary>Parses an interval.</summary>
    /// <exception cref="FarmException">The text is not an interval.</exception>
    public static Interval Parse(string text, string where)
    {
        var trimmed = text.Trim();
        var refusal = FarmException.Invalid($"{where} has no valid range '{text}'; it looks like [0,10]");
        if (trimmed.Length < 3 || trimmed[0] is not ('[' or '(') || trimmed[^1] is not (']' or ')')) throw refusal;
        var bounds = trimmed[1..^1].Split(',');
        if (bounds.Length != 2) throw refusal;
        var low = Bound(bounds[0], double.NegativeInfinity) ?? throw refusal;
        var high = Bound(bounds[1], double.PositiveInfinity) ?? throw refusal;
        return low <= high ? new Interval(low, high, trimmed[0] == '[', trimmed[^1] == ']') : throw refusal;
    }

    /// <summary>Whether a number is in the interval.</summary>
    public bool Contains(double number) => (HasLow ? number >= Low : number > Low) && (HasHigh ? number <= High : number < High);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{(HasLow ? '[' : '(')}{PythonText.Float(Low)},{PythonText.Float(High)}{(HasHigh ? ']' : ')')}";

    private static double? Bound(string text, double ifEmpty) =>
        text.Trim().Length == 0 ? ifEmpty : PythonNumbers.Float(text) is { } number && !double.IsNaN(number) ? number : null;
}
