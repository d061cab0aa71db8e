using System.Text.Json;
using Farm.Server.Contracts.Aspire.Domain;

namespace Farm.Server.Contracts.Aspire.Endpoints;

/// <summary>Reads tags in a body: a comma-separated string or a list of strings (Contracts/Aspire/Contract.md sections 2.2 and 6).</summary>
internal static class TagValues
{
    /// <summary>Reads the tags; empty when the key is missing.</summary>
    /// <exception cref="AspireException">The value is neither: 406.</exception>
    public static IReadOnlyList<string> Read(JsonElement root, string name) => root.Value(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => RoutingTags.Parse(list.EnumerateArray().Select(tag => RequestBody.AsText(tag) ?? throw Invalid(name))),
        { } one => RoutingTags.Parse([RequestBody.AsText(one) ?? throw Invalid(name)]),
    };

    private static AspireException Invalid(string name) => AspireException.NotAcceptable($"\"{name}\" must be a string or a list of strings");
}
