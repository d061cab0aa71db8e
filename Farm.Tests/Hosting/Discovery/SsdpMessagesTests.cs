using System.Text;
using Farm.Server.Hosting.Discovery;
using FsCheck;
using FsCheck.Fluent;

namespace Farm.Tests.Hosting.Discovery;

public class SsdpMessagesTests
{
    private static readonly Uri Url = new("http://10.0.0.5:8080/");

    private static string? Parse(string text) => SsdpMessages.ParseSearch(Encoding.Latin1.GetBytes(text));

    [Theory]
    [InlineData("M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 3\r\nST: urn:flamenco:manager:0\r\n\r\n")]
    [InlineData("M-SEARCH * HTTP/1.1\nst:urn:flamenco:manager:0\nman: ssdp:discover\n\n")]
    public void A_search_is_parsed(string text) => Assert.Equal("urn:flamenco:manager:0", Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("M-SEARCH")]
    [InlineData("NOTIFY * HTTP/1.1\r\nMAN: \"ssdp:discover\"\r\nST: urn:flamenco:manager:0\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nMAN: \"ssdp:discover\"\r\nST: x\r\n\r\n")]
    [InlineData("M-SEARCH * HTTP/1.1\r\nST: urn:flamenco:manager:0\r\n\r\n")]
    [InlineData("M-SEARCH * HTTP/1.1\r\nMAN: \"ssdp:discover\"\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nST: urn:flamenco:manager:0\r\n\r\n")]
    public void Anything_else_is_not_a_search(string text) => Assert.Null(Parse(text));

    [Fact]
    public void No_datagram_makes_the_parser_throw() =>
        Prop.ForAll(ArbMap.Default.GeneratorFor<byte[]>().ToArbitrary(), bytes =>
        {
            SsdpMessages.ParseSearch(bytes);
            SsdpMessages.ParseSearch([.. "M-SEARCH * HTTP/1.1\r\nMAN: \"ssdp:discover\"\r\n"u8, .. bytes]);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("urn:flamenco:manager:0", true)]
    [InlineData("ssdp:all", true)]
    [InlineData("uuid:aa80bc5f-d0af-46b8-8630-23bd7e80ec4d", true)]
    [InlineData("urn:schemas-upnp-org:device:MediaServer:1", false)]
    public void Only_searches_for_a_manager_are_for_us(string target, bool isForUs) => Assert.Equal(isForUs, SsdpMessages.IsForUs(target));

    [Fact]
    public void An_answer_has_the_headers_that_workers_expect() => Assert.Equal(
        "HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=3600\r\nDATE: Sun, 22 Nov 2026 03:40:12 GMT\r\nEXT:\r\n"
        + "LOCATION: http://10.0.0.5:8080/upnp/description.xml\r\nSERVER: UPnP/1.0 Farm\r\nST: urn:flamenco:manager:0\r\n"
        + "USN: uuid:aa80bc5f-d0af-46b8-8630-23bd7e80ec4d::urn:flamenco:manager:0\r\n\r\n",
        Encoding.Latin1.GetString(SsdpMessages.Answer(Url, new DateTimeOffset(2026, 11, 22, 3, 40, 12, TimeSpan.Zero))));

    [Fact]
    public void Announcements_are_alive_and_byebye_messages()
    {
        var alive = Encoding.Latin1.GetString(SsdpMessages.Alive(Url, 1900));
        Assert.StartsWith("NOTIFY * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\n", alive);
        Assert.Contains("\r\nNTS: ssdp:alive\r\n", alive);
        Assert.Contains("\r\nLOCATION: http://10.0.0.5:8080/upnp/description.xml\r\n", alive);
        var bye = Encoding.Latin1.GetString(SsdpMessages.ByeBye(1900));
        Assert.Contains("\r\nNTS: ssdp:byebye\r\n", bye);
        Assert.EndsWith("\r\n\r\n", bye);
    }
}
