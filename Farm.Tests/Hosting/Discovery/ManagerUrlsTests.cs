using System.Net;
using Farm.Server.Hosting.Discovery;

namespace Farm.Tests.Hosting.Discovery;

public class ManagerUrlsTests
{
    private static readonly IPAddress[] Machine =
        [.. new[] { "127.0.0.1", "::1", "10.0.0.5", "192.168.7.5", "fe80::5", "fd00::5" }.Select(IPAddress.Parse)];

    private static string[] From(params string[] listening) => [.. ManagerUrls.From(listening, Machine, []).Select(url => url.ToString())];

    [Theory]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://*:8080")]
    [InlineData("http://+:8080")]
    public void A_wildcard_means_every_address_except_loopback(string listening) =>
        Assert.Equal(["http://10.0.0.5:8080/", "http://192.168.7.5:8080/"], From(listening));

    [Fact]
    public void An_IPv6_wildcard_means_both_address_families() =>
        Assert.Equal(["http://10.0.0.5:8080/", "http://192.168.7.5:8080/", "http://[fd00::5]:8080/"], From("http://[::]:8080"));

    [Fact]
    public void A_single_address_means_only_itself() => Assert.Equal(["http://10.0.0.5:8080/"], From("http://10.0.0.5:8080"));

    [Fact]
    public void Https_comes_first() => Assert.Equal(
        ["https://10.0.0.5:8443/", "https://192.168.7.5:8443/", "http://10.0.0.5:8080/", "http://192.168.7.5:8080/"],
        From("http://0.0.0.0:8080", "https://0.0.0.0:8443"));

    [Fact]
    public void The_names_of_a_certificate_stand_for_the_addresses_with_https() => Assert.Equal(
        ["https://farm.studio.lan:8443/", "http://10.0.0.5:8080/"],
        ManagerUrls.From(["http://10.0.0.5:8080", "https://0.0.0.0:8443", "https://[::]:8443"], Machine, ["farm.studio.lan"]).Select(url => url.ToString()));

    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("https://127.0.0.1:8443")]
    [InlineData("http://[::1]:8080")]
    [InlineData("http://localhost:8080")]
    public void Loopback_is_not_announced(string listening) => Assert.Empty(From(listening));
}
