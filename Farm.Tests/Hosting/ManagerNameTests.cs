using Farm.Server.Hosting;

namespace Farm.Tests.Hosting;

/// <summary>How a manager is shown.</summary>
public sealed class ManagerNameTests
{
    [Theory]
    [InlineData("http://0.0.0.0:8080", ":8080")]
    [InlineData("http://*:9000/;https://*:9443", ":9000")]
    [InlineData("http://[::1]:8081", ":8081")]
    [InlineData("http://farm.lan", "")]
    [InlineData("not an address", "")]
    public void A_manager_is_named_after_its_machine_and_port(string urls, string port) =>
        Assert.Equal(Environment.MachineName + port, ManagerNames.Own(urls).Text);
}
