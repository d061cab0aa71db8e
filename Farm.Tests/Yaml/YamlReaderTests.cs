using Farm.Server.Yaml;

namespace Farm.Tests.Yaml;

/// <summary>The reader of all YAML from outside: what it makes is bounded, whatever it is given.</summary>
public sealed class YamlReaderTests
{
    public static TheoryData<string> Refused => [.. HostileYaml.Refused.Keys];

    public static TheoryData<string> Accepted => [.. HostileYaml.Accepted.Keys];

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_hostile_text_is_refused_with_a_reason_and_little_memory(string attack)
    {
        var (text, reason) = HostileYaml.Refused[attack];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var broken = Assert.Throws<InvalidYamlException>(() => YamlReader.Read(text));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Allowance(text));
        Assert.Contains(reason, broken.Message);
        Assert.InRange(broken.Line, 1, text.Count(c => c == '\n') + 1);
        Assert.InRange(broken.Message.Length, 1, 300);
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public void A_large_text_within_the_limits_is_read(string name)
    {
        var text = HostileYaml.Accepted[name];
        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertWithinLimits(YamlReader.Read(text)!);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Allowance(text));
    }

    [Fact]
    public void The_limits_count_what_aliases_become()
    {
        var limits = new YamlLimits { MaxValues = 7, MaxCharacters = 40 };
        Assert.Equal(7, YamlReader.Read("[&a [x, y], *a]", limits)!.Values);
        Assert.Contains("too large", Assert.Throws<InvalidYamlException>(() => YamlReader.Read("[&a [x, y], *a, z]", limits)).Message);
        Assert.Equal(40, YamlReader.Read("[&a aaaaaaaaaaaaaaaaaaaa, *a]", limits)!.Characters);
        Assert.Contains("too large", Assert.Throws<InvalidYamlException>(() => YamlReader.Read("[&a aaaaaaaaaaaaaaaaaaaa, *a, b]", limits)).Message);
    }

    [Fact]
    public void An_alias_counts_with_the_depth_of_what_it_stands_for()
    {
        var limits = new YamlLimits { MaxDepth = 3 };
        Assert.Equal(3, YamlReader.Read("[&a [[b]], *a]", limits)!.Height);
        Assert.Contains("too deep", Assert.Throws<InvalidYamlException>(() => YamlReader.Read("[&a [[b]], [*a]]", limits)).Message);
    }

    [Theory]
    [InlineData("a: 1\nb: 2\na: 3", 3, "\"a\" is there twice")]
    [InlineData("a: [\n", 1, "")]
    [InlineData("a: 1\n---\nb: 2", 2, "more than one document")]
    [InlineData("? [a]\n: b", 1, "must be a text")]
    [InlineData("a\nb: *c", 2, "")]
    public void A_problem_has_its_line(string text, int line, string reason)
    {
        var broken = Assert.Throws<InvalidYamlException>(() => YamlReader.Read(text));
        Assert.Equal(line, broken.Line);
        Assert.Contains(reason, broken.Message);
    }

    [Fact]
    public void A_reader_without_end_is_not_read_to_its_end()
    {
        using var endless = new EndlessReader();
        Assert.Contains("too large", Assert.Throws<InvalidYamlException>(() => YamlReader.Read(endless)).Message);
        Assert.InRange(endless.Count, 0, 2L * YamlLimits.Default.MaxCharacters);
    }

    internal static void AssertWithinLimits(YamlNode root)
    {
        Assert.InRange(root.Height, 0, YamlLimits.Default.MaxDepth);
        Assert.InRange(root.Values, 1, YamlLimits.Default.MaxValues);
        Assert.InRange(root.Characters, 0, YamlLimits.Default.MaxCharacters);
    }

    /// <summary>Bytes for a few copies of the text, and for the values that fit into the limits.</summary>
    private static long Allowance(string text) => 128L * 1024 * 1024 + 64L * Math.Min(text.Length, 2_000_000);

    private sealed class EndlessReader : TextReader
    {
        public long Count { get; private set; }

        public override int Read(char[] buffer, int index, int count)
        {
            buffer.AsSpan(index, count).Fill('a');
            Count += count;
            return count;
        }

        public override int Read(Span<char> buffer)
        {
            buffer.Fill('a');
            Count += buffer.Length;
            return buffer.Length;
        }
    }
}
