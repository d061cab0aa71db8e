using System.Text.Json;
using Farm.Server.Contracts.Aspire.Domain;

namespace Farm.Server.Contracts.Aspire.Endpoints;

/// <summary>Tags in a body: one text, in which commas separate them, or a list of texts (Contracts/Aspire/Contract.md sections 2.2 and 6).</summary>
internal static class TagValues
{
    /// <summary>Reads them; none when the key is absent.</summary>
    /// <exception cref="AspireException">They are neither: 406.</exception>
    public static IReadOnlyList<string> Read(JsonElement root, string name) => root.Value(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => RoutingTags.Parse(list.EnumerateArray().Select(tag => RequestBody.AsText(tag) ?? throw Refused(name))),
        { } one => RoutingTags.Parse([RequestBody.AsText(one) ?? throw Refused(name)]),
    };

    private static AspireException Refused(string name) => AspireException.NotAcceptable($"\"{name}\" must be a string or a list of strings");
}
