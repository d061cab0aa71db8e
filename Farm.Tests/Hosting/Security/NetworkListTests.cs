using System.Net;
using Farm.Server.Hosting.Security;

namespace Farm.Tests.Hosting.Security;

public class NetworkListTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10")]
    [InlineData("::1")]
    [InlineData("10.255.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.20")]
    [InlineData("169.254.7.7")]
    [InlineData("fd12::1")]
    [InlineData("fe80::1%2")]
    [InlineData("::ffff:192.168.1.20")]
    public void Loopback_and_private_networks_are_allowed_by_default(string address) =>
        Assert.True(NetworkList.Default.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("172.15.255.255")]
    [InlineData("192.169.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("2001:db8::1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("fec0::1")]
    public void Other_addresses_are_not_allowed_by_default(string address) =>
        Assert.False(NetworkList.Default.Contains(IPAddress.Parse(address)));

    [Fact]
    public void A_list_contains_only_its_entries()
    {
        var list = NetworkList.Parse(["203.0.113.0/24", "2001:db8::7", "CGNAT"]);
        Assert.True(list.Contains(IPAddress.Parse("203.0.113.9")));
        Assert.True(list.Contains(IPAddress.Parse("2001:db8::7")));
        Assert.True(list.Contains(IPAddress.Parse("100.127.255.255")));
        Assert.False(list.Contains(IPAddress.Parse("2001:db8::8")));
        Assert.False(list.Contains(IPAddress.Loopback));
    }

    [Fact]
    public void An_address_with_a_prefix_means_its_network()
    {
        var list = NetworkList.Parse(["10.1.2.3/16"]);
        Assert.True(list.Contains(IPAddress.Parse("10.1.200.1")));
        Assert.False(list.Contains(IPAddress.Parse("10.2.2.3")));
    }

    [Fact]
    public void Any_means_every_address()
    {
        var list = NetworkList.Parse(["any"]);
        Assert.True(list.Contains(IPAddress.Parse("8.8.8.8")));
        Assert.True(list.Contains(IPAddress.Parse("2001:db8::1")));
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("lan")]
    [InlineData("")]
    public void The_error_names_an_invalid_entry(string entry)
    {
        var error = Assert.Throws<FormatException>(() => NetworkList.Parse(["loopback", entry]));
        Assert.Contains($"\"{entry}\"", error.Message);
    }
}
