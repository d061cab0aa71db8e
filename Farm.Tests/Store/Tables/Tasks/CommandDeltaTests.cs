using System.Text;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Tests.Store.Tables.Tasks;

/// <summary>Long commands are stored as their difference from others of the job, and read as they were.</summary>
public sealed class CommandDeltaTests
{
    private static readonly string Long = string.Concat(Enumerable.Range(0, 3000).Select(i => $"word {i} "));

    [Theory]
    [InlineData("5 {0}", "17 {0}")]
    [InlineData("17 {0}", "5 {0}")]
    [InlineData("{0} 5", "{0} 1000")]
    [InlineData("-s 9 {0} -e 9 {0} 9", "-s 10 {0} -e 10 {0} 10")]
    [InlineData("{0}", "{0}")]
    [InlineData("{0} a", "another beginning {0} a longer end \\ \" \n")]
    public void A_text_that_repeats_another_becomes_short(string other, string text)
    {
        other = other.Replace("{0}", Long, StringComparison.Ordinal);
        text = text.Replace("{0}", Long, StringComparison.Ordinal);
        var delta = CommandDelta.Write(text, other);
        Assert.NotNull(delta);
        Assert.InRange(delta.Length, 1, 200);
        Assert.Equal(text, CommandDelta.Apply(delta, other));
    }

    [Fact]
    public void A_text_in_the_middle_that_differs_a_lot_costs_only_itself()
    {
        var (own, other) = (new string('x', 2000), new string('y', 3000));
        var delta = CommandDelta.Write($"{Long}{own}{Long}", $"{Long}{other}{Long}");
        Assert.InRange(delta!.Length, 2000, 2100);
        Assert.Equal($"{Long}{own}{Long}", CommandDelta.Apply(delta, $"{Long}{other}{Long}"));
    }

    [Fact]
    public void Frame_numbers_in_one_repeated_letter_are_found()
    {
        static string Text(int frame) => $"{new string('a', 5000)}{frame}{new string('a', 5000)}{frame}{new string('a', 5000)}";
        for (var frame = 2; frame < 1200; frame += 37)
        {
            var delta = CommandDelta.Write(Text(frame), Text(1))!;
            Assert.InRange(delta.Length, 1, 200);
            Assert.Equal(Text(frame), CommandDelta.Apply(delta, Text(1)));
        }
    }

    [Fact]
    public void Texts_with_little_in_common_are_kept_whole()
    {
        Assert.Null(CommandDelta.Write(Noise(1, 10_000), Noise(2, 10_000)));
        Assert.Null(CommandDelta.Write(Noise(1, 10_000), ""));
        Assert.Null(CommandDelta.Write(Noise(1, 10_000) + Long[..5000], Long));
        Assert.Equal("whole", CommandDelta.Apply("whole", null));
    }

    /// <summary>A copy could end between the two halves of a character, which JSON cannot hold.</summary>
    [Fact]
    public void Texts_that_are_not_ASCII_are_kept_whole()
    {
        Assert.Null(CommandDelta.Write(Long + "\ud83d\ude00", Long));
        Assert.Null(CommandDelta.Write(Long, Long + "\ud83d\ude01"));
    }

    [Fact]
    public void Whatever_differs_the_text_is_read_as_it_was()
    {
        var random = new Random(20261130);
        var shorter = 0;
        for (var run = 0; run < 2000; run++)
        {
            var other = Noise(run, random.Next(1, 3000));
            var text = new StringBuilder(other);
            for (var change = random.Next(0, 8); change > 0; change--)
            {
                var at = random.Next(text.Length + 1);
                if (random.Next(2) == 0) text.Insert(at, Noise(random.Next(), random.Next(1, 300)));
                else text.Remove(at, Math.Min(text.Length - at, random.Next(1, 300)));
            }

            if (CommandDelta.Write(text.ToString(), other) is not { } delta) continue;
            shorter++;
            Assert.InRange(delta.Length, 0, text.Length / 2);
            Assert.Equal(text.ToString(), CommandDelta.Apply(delta, other));
        }

        Assert.InRange(shorter, 500, 2000);
    }

    /// <summary>Texts that agree for a few characters only, again and again, so that every search succeeds and gains little.</summary>
    [Fact]
    public void The_number_of_copies_is_limited()
    {
        var pieces = Enumerable.Range(0, 4000).Select(i => Noise(i, 40)).ToList();
        var (text, other) = (string.Join('1', pieces), string.Join("23", pieces));
        Assert.Null(CommandDelta.Write(text, other));
        var delta = CommandDelta.Write(string.Join('1', pieces[..60]), string.Join("23", pieces[..60]))!;
        Assert.Equal(string.Join('1', pieces[..60]), CommandDelta.Apply(delta, string.Join("23", pieces[..60])));
    }

    private static string Noise(int seed, int length) =>
        string.Create(length, new Random(seed), static (span, random) =>
        {
            foreach (ref var character in span) character = (char)random.Next(' ', '~');
        });
}
