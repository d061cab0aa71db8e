using System.Net;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Hosting.Security;
using Farm.Server.Operations.Configuration;
using Microsoft.Extensions.Configuration;

namespace Farm.Tests.Hosting.Security;

public class SecuritySettingsTests
{
    private static SecuritySettings Read(params (string Key, string Value)[] settings) => SettingsBinder.Bind<FarmFile>(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build()).ToSecurity();

    [Fact]
    public void An_empty_configuration_gives_the_defaults()
    {
        var settings = Read();
        Assert.Equal(NetworkList.Default.Networks, settings.Networks.Networks);
        Assert.Equal(4 * 1024 * 1024, settings.MaxBodyBytes);
        Assert.Empty(settings.Hosts);
        Assert.Empty(settings.TrustedProxies.Networks);
    }

    [Fact]
    public void A_list_can_be_a_sequence_or_comma_separated_text()
    {
        var settings = Read(("networks", "loopback, 10.0.0.0/8"), ("hosts:0", "farm.example"), ("hosts:1", "*.studio.example"));
        Assert.True(settings.Networks.Contains(IPAddress.Parse("10.2.3.4")));
        Assert.Equal(["farm.example", "*.studio.example"], settings.Hosts);
    }

    [Fact]
    public void Networks_must_not_be_empty_but_trusted_proxies_can_be()
    {
        Assert.Contains("networks: is empty", Assert.Throws<SettingException>(() => Read(("networks", ""))).Message);
        Assert.Empty(Read(("trusted_proxies", "")).TrustedProxies.Networks);
    }

    [Theory]
    [InlineData("networks", "everywhere")]
    [InlineData("hosts", "http://farm.example")]
    [InlineData("hosts", "farm.example:8080")]
    [InlineData("trusted_proxies", "proxy.example")]
    [InlineData("max_body_bytes", "4 MiB")]
    [InlineData("max_body_bytes", "0")]
    public void An_invalid_value_is_reported_with_its_key(string key, string value)
    {
        var error = Assert.Throws<SettingException>(() => Read((key, value)));
        Assert.Equal(key, error.Key);
        Assert.Contains($"setting {key}: \"{value}\"", error.Message);
    }
}
