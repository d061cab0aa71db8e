using System.Text.Json;
using Farm.Server.Contracts.Aspire.Operations;

namespace Farm.Server.Contracts.Aspire.Endpoints;

/// <summary>Reads and validates all documents of a push (Contracts/Aspire/Contract.md section 6).</summary>
internal static class PushedDocuments
{
    private static readonly JsonElement NoMetadata = JsonElement.Parse("{}"u8);

    /// <summary>The number of documents in a list, before they are read.</summary>
    public static int Count(JsonElement body) => body.Value("documents") is { ValueKind: JsonValueKind.Array } list ? list.GetArrayLength() : 1;

    /// <summary>Reads a list of documents, or a single one.</summary>
    /// <exception cref="AspireException">There is none, or one is invalid: 406.</exception>
    public static List<NewEntry> Read(JsonElement body)
    {
        var entries = body.Value("documents") switch
        {
            { ValueKind: JsonValueKind.Object } one => [Entry(one)],
            { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Select(Entry).ToList(),
            _ => [],
        };
        return entries.Count > 0 ? entries : throw AspireException.NotAcceptable("\"documents\" must be a list with at least one document");
    }

    private static NewEntry Entry(JsonElement document)
    {
        if (document.ValueKind != JsonValueKind.Object) throw AspireException.NotAcceptable("each of the \"documents\" must be an object");
        var metadata = document.Value("metadata") ?? NoMetadata;
        if (metadata.ValueKind != JsonValueKind.Object) throw AspireException.NotAcceptable("\"metadata\" must be an object");
        return new NewEntry(
            document.RequiredText("url"), document.Text("action") is { Length: > 0 } action ? action : "add",
            document.Text("repItemType") is { Length: > 0 } type ? type : "item", metadata);
    }
}
