using Farm.Server.JobTypes.OpenJobDescription.Spaces;
using Farm.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Farm.Tests.JobTypes.OpenJobDescription.Spaces;

/// <summary>Range expressions compared with a simple implementation that lists every number.</summary>
public sealed class IntRangePropertyTests
{
    private static readonly Gen<Element> AnyElement =
        from first in Gen.Choose(-60, 60)
        from last in Gen.Choose(-60, 60)
        from step in Gen.Elements(-7, -3, -2, -1, 1, 2, 3, 7)
        from kind in Gen.Choose(0, 2)
        from blank in Gen.Elements("", " ", "\t")
        select new Element(first, kind == 0 ? null : last, kind == 2 ? step : null, blank);

    /// <summary>Mostly disjoint elements, so that many expressions have no overlap.</summary>
    private static readonly Gen<List<Element>> Elements =
        from count in Gen.Choose(1, 5)
        from any in Gen.ListOf(AnyElement, count)
        from isSpread in Gen.Frequency((3, Gen.Constant(true)), (1, Gen.Constant(false)))
        select any.Select((element, i) => isSpread ? element with { First = element.First + i * 200, Last = element.Last + i * 200 } : element).Reverse().ToList();

    [Fact]
    public void An_expression_gives_its_numbers_in_ascending_order() => Rule.HoldsFor(Elements, elements =>
    {
        var text = string.Join(',', elements);
        if (Overlap(elements))
        {
            Assert.Contains("overlap", Assert.Throws<FormatException>(() => IntRange.Parse(text)).Message);
            return;
        }

        var range = IntRange.Parse(text);
        var numbers = elements.SelectMany(element => element.Numbers).Order().ToList();
        Assert.Equal(numbers, Enumerable.Range(0, (int)range.Count).Select(index => range[index]));
    });

    [Theory]
    [InlineData("1 - 5", "1 2 3 4 5")]
    [InlineData("1 - -1", "1")]
    [InlineData("-1 - 1", "-1 0 1")]
    [InlineData("1-5:2", "1 3 5")]
    [InlineData("10-15:2,1-5", "1 2 3 4 5 10 12 14")]
    [InlineData("1-10:4", "1 5 9")]
    [InlineData("10-1:-4", "2 6 10")]
    [InlineData("-9223372036854775808,9223372036854775807", "-9223372036854775808 9223372036854775807")]
    public void An_expression_gives_these_numbers(string text, string numbers)
    {
        var range = IntRange.Parse(text);

        Assert.Equal(numbers, string.Join(' ', Enumerable.Range(0, (int)range.Count).Select(index => range[index])));
    }

    [Fact]
    public void Ranges_of_billions_are_cheap()
    {
        var range = IntRange.Parse("1-8000000000:2,9000000000-9000000010");

        Assert.Equal((4_000_000_011, 7_999_999_999, 9_000_000_010), (range.Count, range[3_999_999_999], range[range.Count - 1]));
    }

    [Theory]
    [InlineData("-9223372036854775808-9223372036854775807")]
    [InlineData("-9223372036854775808--1,0-9223372036854775807")]
    public void Too_many_numbers_to_count_are_rejected(string text) =>
        Assert.Contains("too many numbers", Assert.Throws<FormatException>(() => IntRange.Parse(text)).Message);

    /// <summary>Ranges overlap by their extent, not by their numbers (last example in the specification).</summary>
    private static bool Overlap(List<Element> elements) =>
        elements.SelectMany((element, i) => elements.Skip(i + 1), (a, b) => (a, b)).Any(pair => pair.a.Reach.Intersect(pair.b.Reach).Any());

    private sealed record Element(int First, int? Last, int? Step, string Blank)
    {
        /// <summary>x, then x + m·n for m = 1, 2, … up to y.</summary>
        public IEnumerable<long> Numbers
        {
            get
            {
                yield return First;
                if (Last is not { } last) yield break;
                var step = Step ?? 1;
                for (long next = First + step; step > 0 ? next <= last : next >= last; next += step) yield return next;
            }
        }

        /// <summary>Everything from x to y if y is in the direction of the steps.</summary>
        public IEnumerable<int> Reach => Last is { } last && ((Step ?? 1) > 0 ? last > First : last < First)
            ? Enumerable.Range(Math.Min(First, last), Math.Abs(last - First) + 1)
            : [First];

        public override string ToString() =>
            $"{Blank}{First}{(Last is null ? "" : $"{Blank}-{Blank}{Last}")}{(Last is null || Step is null ? "" : $":{Step}")}{Blank}";
    }
}
