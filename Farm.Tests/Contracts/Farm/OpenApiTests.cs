using System.Text.Json.Nodes;
using Farm.Server.Contracts.Shared;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Farm;

public sealed class OpenApiTests
{
    [Fact]
    public async Task The_document_describes_the_mapped_routes_and_their_messages()
    {
        await using var farm = await TestFarm.StartAsync();
        var document = await farm.GetAsync($"{ArtifactCalls.Root}/openapi3.json");
        Assert.Equal("/api/farm/v1", (string?)document["servers"]![0]!["url"]);
        var paths = document["paths"]!.AsObject();
        Snapshot.Verify(new JsonObject(paths
            .Where(path => path.Key.Contains("artifacts") || path.Key.StartsWith("/tasks") || path.Key.StartsWith("/backup") || path.Key is "/restore" or "/openapi3.json")
            .Select(path => KeyValuePair.Create(path.Key, path.Value?.DeepClone()))));
        var file = document["components"]!["schemas"]!["Artifacts"]!["properties"]!["artifacts"]!["items"]!["properties"]!.AsObject();
        Assert.Equal(["id", "task", "taskName", "path", "size", "sha256", "mediaType", "created"], file.Select(property => property.Key));
        Assert.All(
            References(document), reference => Assert.NotNull(document["components"]!["schemas"]![reference.Split('/')[^1]]));
    }

    [Fact]
    public async Task The_document_includes_the_prefix()
    {
        await using var farm = await TestFarm.StartAsync(
            contracts: new Dictionary<string, ContractSettings> { ["farm"] = new(Prefix: "/studio") });
        var document = await farm.GetAsync($"/studio{ArtifactCalls.Root}/openapi3.json");
        Assert.Equal("/studio/api/farm/v1", (string?)document["servers"]![0]!["url"]);
        Assert.NotNull(document["paths"]!["/artifacts/{artifact}"]!["get"]);
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(entry => entry is { Key: "$ref", Value: JsonValue value } ? [(string)value!] : References(entry.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
