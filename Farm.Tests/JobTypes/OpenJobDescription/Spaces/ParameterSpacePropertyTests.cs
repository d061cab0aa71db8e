using Farm.Server.JobTypes.OpenJobDescription.Spaces;
using Farm.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Farm.Tests.JobTypes.OpenJobDescription.Spaces;

/// <summary>Combination expressions compared with a simple implementation that expands every list.</summary>
public sealed class ParameterSpacePropertyTests
{
    private static readonly Gen<Sample> Samples =
        from depth in Gen.Choose(0, 3)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select Make(depth, new Random(seed));

    [Fact]
    public void Points_match_the_fully_expanded_lists() => Rule.HoldsFor(Samples, sample =>
    {
        var names = sample.Axes.Keys.ToList();
        var combination = CombinationParser.Parse(sample.Text, names);
        var axes = sample.Axes.ToDictionary(axis => axis.Key, axis => AxisValues.Of(axis.Value));
        if (sample.Points is not { } points)
        {
            Assert.Contains("unequal numbers", Assert.Throws<FormatException>(() => new ParameterSpace(combination, axes)).Message);
            return;
        }

        var space = new ParameterSpace(combination, axes);
        Assert.Equal(points.Count, space.Count);
        Assert.Equal(points.Select(Show), Enumerable.Range(0, points.Count).Select(index => Show(space.At(index))));
    });

    [Theory]
    [InlineData("A * B", "A=1,B=10 A=1,B=11 A=1,B=12 A=2,B=10 A=2,B=11")]
    [InlineData("(A,B)", "A=1,B=10 A=2,B=11 A=3,B=12")]
    public void The_last_factor_varies_fastest_and_associations_advance_together(string text, string first)
    {
        var axes = new Dictionary<string, AxisValues> { ["A"] = AxisValues.Of(["1", "2", "3"]), ["B"] = AxisValues.Of(["10", "11", "12"]) };
        var space = new ParameterSpace(CombinationParser.Parse(text, ["A", "B"]), axes);

        Assert.Equal(first.Split(' '), Enumerable.Range(0, first.Split(' ').Length).Select(index => Show(space.At(index))));
    }

    [Fact]
    public void Points_of_a_space_too_large_to_expand_are_found()
    {
        var axes = new[] { "A", "B", "C" }.ToDictionary(name => name, _ => AxisValues.Of(IntRange.Parse("0-999999")));
        var space = new ParameterSpace(CombinationParser.Parse("A*B*C", ["A", "B", "C"]), axes);

        Assert.Equal(1_000_000_000_000_000_000, space.Count);
        Assert.Equal("A=123456,B=789012,C=345678", Show(space.At(123456_789012_345678)));
    }

    [Fact]
    public void Too_many_points_to_count_are_rejected()
    {
        var names = Enumerable.Range(0, 16).Select(i => $"P{i}").ToList();
        var axes = names.ToDictionary(name => name, _ => AxisValues.Of(IntRange.Parse("1-1000")));

        Assert.Contains("too many points", Assert.Throws<FormatException>(() => new ParameterSpace(Combination.OfAll(names), axes)).Message);
    }

    private static string Show(IEnumerable<KeyValuePair<string, string>> point) => string.Join(',', point.Select(value => $"{value.Key}={value.Value}"));

    private static Sample Make(int depth, Random random)
    {
        var axes = new Dictionary<string, List<string>>();
        var (text, points) = Element(depth);
        return new Sample(text, axes, points);

        (string Text, List<List<KeyValuePair<string, string>>>? Points) Element(int levels)
        {
            if (levels == 0)
            {
                var name = $"P{axes.Count}";
                axes[name] = [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => $"{name}v{i}")];
                return (name, [.. axes[name].Select(value => new List<KeyValuePair<string, string>> { new(name, value) })]);
            }

            var parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Element(random.Next(levels))).ToList();
            var isAssociation = random.Next(2) == 0;
            var words = string.Join(isAssociation ? random.Next(2) == 0 ? "," : " , " : " * ", parts.Select(part => isAssociation ? part.Text : Factor(part.Text)));
            var combined = parts.Any(part => part.Points is null) ? null : isAssociation ? Zip(parts) : Cross(parts);
            return (isAssociation ? $"({words})" : words, combined);
        }

        // A product within a product needs no parentheses; the order of points is the same.
        static string Factor(string text) => text;
    }

    private static List<List<KeyValuePair<string, string>>>? Zip(List<(string Text, List<List<KeyValuePair<string, string>>>? Points)> parts) =>
        parts.Any(part => part.Points!.Count != parts[0].Points!.Count) ? null
        : [.. Enumerable.Range(0, parts[0].Points!.Count).Select(i => parts.SelectMany(part => part.Points![i]).ToList())];

    private static List<List<KeyValuePair<string, string>>> Cross(List<(string Text, List<List<KeyValuePair<string, string>>>? Points)> parts) =>
        parts.Aggregate(
            new List<List<KeyValuePair<string, string>>> { new() },
            (points, part) => [.. points.SelectMany(point => part.Points!.Select(more => point.Concat(more).ToList()))]);

    private sealed record Sample(string Text, Dictionary<string, List<string>> Axes, List<List<KeyValuePair<string, string>>>? Points);
}
