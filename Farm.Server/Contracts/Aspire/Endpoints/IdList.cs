using System.Text.Json;

namespace Farm.Server.Contracts.Aspire.Endpoints;

/// <summary>The ids in a request, without duplicates, in order of first occurrence (Contracts/Aspire/Contract.md section 2.1).</summary>
internal sealed class IdList
{
    private readonly List<string> _ids = [];
    private readonly Dictionary<string, string> _messages = [];

    private IdList()
    {
    }

    /// <summary>The ids.</summary>
    public IReadOnlyList<string> Ids => _ids;

    /// <summary>The ids with the client's message for each, empty if none.</summary>
    public IReadOnlyList<(string Id, string Message)> WithMessages => _ids.ConvertAll(id => (id, _messages[id]));

    /// <summary>One id in the path, with the message of the optional body; an invalid body is ignored.</summary>
    public static async Task<IdList> OfPathAsync(HttpContext context, string id)
    {
        var list = new IdList();
        list.Add(id, await MessageAsync(context));
        return list;
    }

    /// <summary>The ids in a body: one object or a list of objects, whose <c>id</c> is one id or a list.</summary>
    /// <exception cref="AspireException">There is no JSON body (400), or it has no id (406).</exception>
    public static async Task<IdList> OfBodyAsync(HttpContext context)
    {
        var root = await RequestBody.ReadAsync(context);
        var list = new IdList();
        if (root.ValueKind == JsonValueKind.Object) list.Add(root);
        else foreach (var entry in root.EnumerateArray()) list.Add(entry);
        return list._ids.Count > 0 ? list : throw AspireException.NotAcceptable("the body has no id");
    }

    private static async Task<string> MessageAsync(HttpContext context)
    {
        try
        {
            return await RequestBody.ReadOptionalAsync(context) is { ValueKind: JsonValueKind.Object } root ? root.Text("message") ?? "" : "";
        }
        catch (AspireException)
        {
            return "";
        }
    }

    private void Add(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object || entry.Value("id") is not { } id)
            throw AspireException.NotAcceptable("each object of the body must have an \"id\"");
        var message = entry.Text("message") ?? "";
        if (id.ValueKind != JsonValueKind.Array) Add(RequestBody.AsText(id), message);
        else foreach (var one in id.EnumerateArray()) Add(RequestBody.AsText(one), message);
    }

    private void Add(string? id, string message)
    {
        if (string.IsNullOrEmpty(id)) throw AspireException.NotAcceptable("\"id\" must be a non-empty string");
        if (_messages.TryAdd(id, message)) _ids.Add(id);
    }
}
