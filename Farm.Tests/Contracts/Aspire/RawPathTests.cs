using System.Text;
using Farm.Server.Contracts.Aspire.Endpoints;
using Farm.Tests.Support;
using FsCheck.Fluent;

namespace Farm.Tests.Contracts.Aspire;

/// <summary>Contracts/Aspire/Contract.md section 4: ids in paths.</summary>
public sealed class RawPathTests
{
    private static readonly FsCheck.Gen<string> Ids =
        Gen.Elements("a", "Z", "0", "=", "+", "/", "//", ":", "%", "%2F", "%25", ".", "~", " ", "ä", "😀").ArrayOf().Select(parts => string.Concat(parts));

    [Theory]
    [InlineData("AAABcID5GBc=", "AAABcID5GBc=")]
    [InlineData("AAABcID5GBc%3D", "AAABcID5GBc=")]
    [InlineData("a+b", "a+b")]
    [InlineData("a%2Bb", "a+b")]
    [InlineData("a%2fb%2F", "a/b/")]
    [InlineData("a/b", "a/b")]
    [InlineData("w_10.0.0.1:41//AA=", "w_10.0.0.1:41//AA=")]
    [InlineData("a%252Fb", "a%2Fb")]
    [InlineData("50%", "50%")]
    [InlineData("%zz%2", "%zz%2")]
    public void Each_row_of_the_table(string sent, string means) => Assert.Equal(means, RawPath.Match("x/" + sent, "x/:id"));

    [Fact]
    public void Decoding_happens_exactly_once() =>
        Rule.HoldsFor(Ids, id => Assert.Equal(id, RawPath.Match("x/" + Uri.EscapeDataString(id), "x/:id")));

    [Fact]
    public void Decoding_undoes_any_choice_of_what_to_encode() => Rule.HoldsFor(from id in Ids from all in Gen.Elements(true, false) select (id, all), pair =>
    {
        var sent = string.Concat(Encoding.UTF8.GetBytes(pair.id).Select(part =>
            part < 0x80 && part != '%' && (!pair.all || char.IsAsciiLetter((char)part)) ? ((char)part).ToString() : $"%{part:X2}"));
        Assert.Equal(pair.id, RawPath.Decode(sent));
    });

    [Theory]
    [InlineData("/aspire_api/seeds/a?b=/c", "/aspire_api", "seeds/a")]
    [InlineData("http://host:80/aspire_api/seeds/a%2F", "/aspire_api", "seeds/a%2F")]
    [InlineData("/aspire%5Fapi//x", "/aspire_api", "/x")]
    [InlineData("/p/aspire/_api", "/p/aspire/_api", "")]
    [InlineData("/aspire_apis/x", "/aspire_api", null)]
    [InlineData("/other", "/aspire_api", null)]
    [InlineData("*", "/aspire_api", null)]
    public void The_path_below_the_base_path_is_not_decoded(string target, string basePath, string? rest) =>
        Assert.Equal(rest, RawPath.Below(target, basePath));

    [Theory]
    [InlineData("seeds/a/b=/pause", "seeds/:id/pause", "a/b=")]
    [InlineData("seeds/pause", "seeds/:id/pause", null)]
    [InlineData("seeds//pause", "seeds/:id/pause", "")]
    [InlineData("seeds", "seeds", "")]
    [InlineData("seeds/", "seeds", null)]
    [InlineData("Seeds", "seeds", null)]
    [InlineData("manager/batch/ack/", "manager/batch/ack/:id", "")]
    [InlineData("manager/batch/ack", "manager/batch/ack/:id", null)]
    public void An_id_matches_between_the_fixed_segments(string path, string pattern, string? id) => Assert.Equal(id, RawPath.Match(path, pattern));
}
