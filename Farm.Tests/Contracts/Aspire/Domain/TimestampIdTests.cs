using Farm.Server.Contracts.Aspire.Domain;
using Farm.Tests.Support;
using FsCheck.Fluent;

namespace Farm.Tests.Contracts.Aspire.Domain;

/// <summary>Contracts/Aspire/Contract.md section 4.</summary>
public sealed class TimestampIdTests
{
    [Theory]
    [InlineData("AAABcID5GBc=", "2020-02-26T10:09:33.207Z")]
    [InlineData("AAABcIueWUc=", "2020-02-28T11:46:15.495Z")]
    public void The_example_ids_are_timestamps(string text, string moment)
    {
        var expected = DateTimeOffset.Parse(moment).ToUnixTimeMilliseconds();

        Assert.True(TimestampId.TryParse(text, out var id));
        Assert.Equal(expected, id);
        Assert.Equal(text, TimestampId.Text(expected));
    }

    [Fact]
    public void Only_formatted_ids_are_parsed() => Rule.HoldsFor(
        Gen.Choose(0, int.MaxValue).Two(), parts =>
        {
            var id = ((long)parts.Item1 << 31) | (uint)parts.Item2;
            var text = TimestampId.Text(id);
            Assert.Equal(12, text.Length);
            Assert.True(TimestampId.TryParse(text, out var read));
            Assert.Equal(id, read);
            foreach (var other in (string[])[text + " ", " " + text, text.TrimEnd('='), text + "=", text.ToLowerInvariant() + "a"])
                Assert.False(TimestampId.TryParse(other, out _));
        });

    [Theory]
    [InlineData("")]
    [InlineData("AAABcID5GBd=")]
    [InlineData("AAABcID5GBc")]
    [InlineData("AAABcID5GBcA")]
    [InlineData("//////////8=")]
    [InlineData("AAAA BcID5GBc=")]
    [InlineData("no id")]
    public void Other_encodings_of_the_same_bytes_are_rejected(string text) => Assert.False(TimestampId.TryParse(text, out _));
}
