using Farm.Server.Contracts.Flamenco;
using Farm.Server.Contracts.Flamenco.Endpoints;

namespace Farm.Tests.Contracts.Flamenco;

public sealed class ShamanHeadersTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("shot 10.blend", "shot 10.blend")]
    [InlineData("=?utf-8?q?gr=C3=B6=C3=9Fe=2Eblend?=", "größe.blend")]
    [InlineData("=?UTF-8?B?Z3LDtsOfZS5ibGVuZA==?=", "größe.blend")]
    [InlineData("=?iso-8859-1?Q?gr=F6=DFe?=", "größe")]
    [InlineData("=?utf-8*de?q?a_b?=", "a b")]
    [InlineData("=?utf-8?q?a?= =?utf-8?q?b?= c", "ab c")]
    [InlineData("x=?utf-8?q?a?=y", "xay")]
    [InlineData("a =? b", "a =? b")]
    public void A_file_name_is_decoded_by_RFC_2047(string value, string name) => Assert.Equal(name, ShamanHeaders.Decode(value));

    [Theory]
    [InlineData("größe.blend")]
    [InlineData("=?utf-8?b?a?=")]
    [InlineData("=?utf-8?q?=C3?=")]
    [InlineData("=?us-ascii?q?=C3?=")]
    public void What_cannot_be_read_is_refused(string value) => Assert.Throws<FlamencoException>(() => ShamanHeaders.Decode(value));
}
