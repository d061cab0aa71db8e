using System.Globalization;
using Farm.Server.Contracts.TaskTracker.Domain;

namespace Farm.Tests.Contracts.TaskTracker.Domain;

/// <summary>Unique texts become the hashes that other programs make of them (Contracts/TaskTracker/Contract.md section 5.6).</summary>
public sealed class SipHashTests
{
    [Theory]
    [InlineData("Hello, world", 8565956259293726066)]
    [InlineData("hello", 2957200328589801622)]
    [InlineData("a", 5158252350249958646)]
    [InlineData("task-1", 867654767713820067)]
    [InlineData("0123456789abcdef", -6526970866249423772)]
    [InlineData("é", 4006969190011310591)]
    [InlineData("日本語", 1091377360618762286)]
    public void A_text_has_the_hash_of_the_contract(string text, long hash) => Assert.Equal(hash, SipHash.Of(text));

    /// <summary>The vectors of the paper: the key is 00 to 0f, the message 00, 01, 02 … of this length.</summary>
    [Theory]
    [InlineData(0, "726fdb47dd0e0e31")]
    [InlineData(1, "74f839c593dc67fd")]
    [InlineData(7, "ab0200f58b01d137")]
    [InlineData(8, "93f5f5799a932462")]
    [InlineData(15, "a129ca6149be45e5")]
    public void Bytes_have_the_hash_of_the_paper(int length, string hash)
    {
        byte[] message = [.. Enumerable.Range(0, length).Select(value => (byte)value)];
        Assert.Equal(ulong.Parse(hash, NumberStyles.HexNumber), SipHash.Of(message, 0x0706050403020100, 0x0f0e0d0c0b0a0908));
    }
}
