using Farm.Server.Hosting.Configuration;
using Farm.Server.Operations.Configuration;

namespace Farm.Tests.Hosting.Configuration;

public sealed class ListenUrlsTests
{
    [Theory]
    [InlineData(":8080", "http://0.0.0.0:8080")]
    [InlineData("10.0.0.1:80", "http://10.0.0.1:80")]
    [InlineData("[::1]:80", "http://[::1]:80")]
    [InlineData("*:8080", "http://*:8080")]
    [InlineData("http://:8080", "http://0.0.0.0:8080")]
    [InlineData("https://:8443", "https://0.0.0.0:8443")]
    [InlineData("HTTPS://farm.lan:443/", "https://farm.lan:443")]
    public void An_entry_of_listen_is_an_address_with_a_port(string entry, string url) => Assert.Equal([url], ListenUrls.Of([entry]));

    [Theory]
    [InlineData("8080")]
    [InlineData("")]
    [InlineData("host:port")]
    [InlineData(":70000")]
    [InlineData("::1")]
    [InlineData("https://farm.lan")]
    [InlineData("https://farm lan:8443")]
    [InlineData("https://farm.lan/farm:8443")]
    [InlineData("ftp://:21")]
    [InlineData("localhost:0")]
    public void Other_entries_are_rejected(string entry) =>
        Assert.StartsWith($"setting listen: \"{entry}\" ", Assert.Throws<SettingException>(() => ListenUrls.Of([entry])).Message);

    [Theory]
    [InlineData("http://127.0.0.1:0;https://0.0.0.0:8443")]
    [InlineData(" http://127.0.0.1:0 ; https://0.0.0.0:8443 ;")]
    public void The_option_has_URLs_separated_by_semicolons(string urls) =>
        Assert.Equal(["http://127.0.0.1:0", "https://0.0.0.0:8443"], ListenUrls.OfOption(urls));

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    [InlineData("nonsense")]
    [InlineData(":8080")]
    [InlineData("ftp://farm.lan:21")]
    [InlineData("https://farm.lan:8443/farm")]
    [InlineData("http://localhost:0")]
    [InlineData("http://127.0.0.1:1;https://localhost:0")]
    public void Other_options_are_rejected(string urls) =>
        Assert.StartsWith("setting --urls: ", Assert.Throws<SettingException>(() => ListenUrls.OfOption(urls)).Message);
}
