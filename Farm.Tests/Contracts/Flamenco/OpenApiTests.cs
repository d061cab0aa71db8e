using System.Text.Json.Nodes;
using Farm.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>The document that describes what is served (Contracts/Flamenco/Contract.md section 6.6).</summary>
public sealed class OpenApiTests(SharedFarm shared) : IClassFixture<SharedFarm>
{
    private const string Root = "/api/v3";

    [Fact]
    public async Task The_document() => Snapshot.Verify(await shared.Farm.Client.GetStringAsync($"{Root}/openapi3.json"));

    [Fact]
    public async Task The_document_describes_exactly_the_served_operations()
    {
        var document = await shared.Farm.GetAsync($"{Root}/openapi3.json");
        var described = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {Root}{path.Key}"));
        var served = shared.Farm.Service<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith(Root + "/", StringComparison.Ordinal))
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
                .Select(method => $"{method} {endpoint.RoutePattern.RawText}"));
        Assert.Equal(served.Order(), described.Order());
    }

    [Fact]
    public async Task Every_reference_resolves_to_a_schema()
    {
        var document = await shared.Farm.GetAsync($"{Root}/openapi3.json");
        var schemas = document["components"]!["schemas"]!.AsObject();
        var references = References(document).ToList();
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.Contains(reference.Replace("#/components/schemas/", ""), schemas));
        Assert.DoesNotContain("\"null\"", document.ToJsonString());
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(entry => entry is { Key: "$ref", Value: JsonValue target } ? [(string)target!] : References(entry.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
