using System.Net;
using Farm.Server.Contracts.Shared;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.FlowServ;

/// <summary>Workflows are installed through the farm's own protocol, as long as both are spoken.</summary>
public sealed class InstallationTests
{
    [Fact]
    public async Task The_routes_are_below_the_farms_own_API()
    {
        await using var farm = await StartAsync("farm", new ContractSettings(Prefix: "/studio"));
        using var listed = await farm.AsAdministratorAsync(HttpMethod.Get, "/studio/api/farm/v1/workflows");
        Assert.Equal((HttpStatusCode.OK, """{"workflows":[]}"""), (listed.StatusCode, await listed.Content.ReadAsStringAsync()));
        using var elsewhere = await farm.AsAdministratorAsync(HttpMethod.Get, "/api/farm/v1/workflows");
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
    }

    [Fact]
    public async Task Only_administrators_can_use_the_routes()
    {
        await using var farm = await TestFarm.StartAsync();
        using var listed = await farm.Client.GetAsync("/api/farm/v1/workflows");
        Assert.Equal(HttpStatusCode.Unauthorized, listed.StatusCode);
        using var removed = await farm.Client.DeleteAsync("/api/farm/v1/workflows/hello");
        Assert.Equal(HttpStatusCode.Unauthorized, removed.StatusCode);
    }

    [Fact]
    public async Task Errors_have_the_form_of_the_farms_own_API()
    {
        await using var farm = await TestFarm.StartAsync();
        using var removed = await farm.AsAdministratorAsync(HttpMethod.Delete, "/api/farm/v1/workflows/nope");
        Assert.Equal(HttpStatusCode.NotFound, removed.StatusCode);
        Assert.Equal("""{"error":"unknown workflow \u0027nope\u0027"}""", await removed.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_routes_are_not_served_when_the_protocol_is_disabled()
    {
        await using var farm = await StartAsync("flowserv", new ContractSettings(IsEnabled: false));
        using var listed = await farm.AsAdministratorAsync(HttpMethod.Get, "/api/farm/v1/workflows");
        Assert.Equal(HttpStatusCode.NotFound, listed.StatusCode);
        var document = await farm.GetAsync("/api/farm/v1/openapi3.json");
        Assert.Equal(["/artifacts/{artifact}", "/audit", "/backup", "/identity"], document["paths"]!.AsObject().Select(path => path.Key).Where(IsShort).Order());

        static bool IsShort(string path) => !path.StartsWith("/accounts", StringComparison.Ordinal) && !path.StartsWith("/jobs", StringComparison.Ordinal) && !path.StartsWith("/tasks", StringComparison.Ordinal)
            && path != "/openapi3.json";
    }

    private static Task<TestFarm> StartAsync(string contract, ContractSettings settings) =>
        TestFarm.StartAsync(contracts: new Dictionary<string, ContractSettings> { [contract] = settings });
}
