using System.Globalization;
using System.Text.Json;

namespace Farm.Server.JobTypes.OpenJobDescription.Spaces;

/// <summary>The values of one task parameter, as text.</summary>
/// <param name="Count">Number of values; at least one.</param>
/// <param name="At">Returns the value at a zero-based index.</param>
/// <param name="Shortest">None of the values is shorter in JSON.</param>
/// <param name="Longest">None of the values is longer in JSON.</param>
internal sealed record AxisValues(long Count, Func<long, string> At, string Shortest, string Longest)
{
    /// <summary>The values of a list.</summary>
    public static AxisValues Of(IReadOnlyList<string> values) =>
        new(values.Count, index => values[(int)index], values.MinBy(JsonLength)!, values.MaxBy(JsonLength)!);

    /// <summary>The numbers of a range.</summary>
    public static AxisValues Of(IntRange range) =>
        new(range.Count, index => Text(range[index]), "0", new[] { Text(range[0]), Text(range[range.Count - 1]) }.MaxBy(text => text.Length)!);

    private static int JsonLength(string value) => JsonEncodedText.Encode(value).EncodedUtf8Bytes.Length;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// The points of a step's parameter space, in order, each computed from its index (Open Job Description 2023-09, section 3.4).
/// </summary>
internal sealed class ParameterSpace
{
    private readonly Combination _combination;
    private readonly Dictionary<string, AxisValues> _axes;
    private readonly Dictionary<Combination, long> _counts = new(ReferenceEqualityComparer.Instance);

    /// <summary>Creates a space from a combination and the values of its parameters.</summary>
    /// <exception cref="FormatException">Members of an association have different numbers of values, or there are too many points to count.</exception>
    public ParameterSpace(Combination combination, IReadOnlyDictionary<string, AxisValues> axes)
    {
        _combination = combination;
        _axes = axes.ToDictionary();
        Names = [.. combination.Names];
        try
        {
            Count = CountOf(combination);
        }
        catch (OverflowException)
        {
            throw new FormatException("has too many points to count");
        }
    }

    /// <summary>The names of the parameters, in the order of the combination.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of points; at least one.</summary>
    public long Count { get; }

    /// <summary>The value of each parameter at a point, in the order of <see cref="Names"/>.</summary>
    public KeyValuePair<string, string>[] At(long index)
    {
        var point = new KeyValuePair<string, string>[Names.Count];
        var filled = 0;
        Fill(_combination, index, point, ref filled);
        return point;
    }

    /// <summary>A point, not necessarily of this space, that takes no more characters than any of it.</summary>
    public KeyValuePair<string, string>[] Shortest => [.. Names.Select(name => KeyValuePair.Create(name, _axes[name].Shortest))];

    /// <summary>A point, not necessarily of this space, that takes at least as many characters as any of it.</summary>
    public KeyValuePair<string, string>[] Longest => [.. Names.Select(name => KeyValuePair.Create(name, _axes[name].Longest))];

    private void Fill(Combination part, long index, KeyValuePair<string, string>[] point, ref int filled)
    {
        switch (part)
        {
            case Combination.Parameter(var name):
                point[filled++] = new(name, _axes[name].At(index));
                break;
            case Combination.Association(var members):
                foreach (var member in members) Fill(member, index, point, ref filled);
                break;
            case Combination.Product(var factors):
                var rest = _counts[part];
                foreach (var factor in factors)
                {
                    rest /= _counts[factor];
                    Fill(factor, index / rest, point, ref filled);
                    index %= rest;
                }

                break;
        }
    }

    private long CountOf(Combination part) => _counts[part] = part switch
    {
        Combination.Parameter(var name) => _axes[name].Count,
        Combination.Product(var factors) => factors.Aggregate(1L, (count, factor) => checked(count * CountOf(factor))),
        Combination.Association(var members) => EqualCount(members),
        _ => 0,
    };

    private long EqualCount(IReadOnlyList<Combination> members)
    {
        var counts = members.Select(CountOf).ToList();
        return counts.Distinct().Count() == 1
            ? counts[0]
            : throw new FormatException(
                $"associates unequal numbers of values: {string.Join(", ", members.Zip(counts, (member, count) => $"{string.Join("*", member.Names)} has {count}"))}");
    }
}
