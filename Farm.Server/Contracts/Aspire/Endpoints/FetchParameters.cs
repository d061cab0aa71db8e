using System.Text.Json;
using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.Aspire.Operations;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.Aspire.Endpoints;

/// <summary>The parameters of a fetch, in the query string or in a body; the query wins (Contracts/Aspire/Contract.md section 2.2).</summary>
internal static class FetchParameters
{
    private const int LongestName = 255;

    /// <summary>Reads them.</summary>
    /// <returns>What is asked for, and whether a number of batches was named: then the answer is a list.</returns>
    /// <exception cref="AspireException">A parameter did not validate: 406.</exception>
    public static async Task<(FetchRequest Request, bool AsList)> ReadAsync(HttpContext context)
    {
        if (await RequestBody.ReadOptionalAsync(context) is not { } body) body = JsonElement.Parse("{}"u8);
        if (body.ValueKind != JsonValueKind.Object) throw AspireException.NotAcceptable("the body must be an object");
        var query = context.Request.Query;
        var batches = Number("batches");
        var type = Single("type");
        if (type is not null && !EntryRules.IsEntryType(type)) throw AspireException.NotAcceptable("\"type\" must be \"scan\" or \"process\"");
        var request = new FetchRequest(
            Worker(context, Single("worker")), ClientAddress.Of(context), Tags(), type, Single("connector"),
            (int)Math.Min(batches ?? 1, BatchFetch.MostBatches), Number("items"));
        return (request, batches is not null);

        string? Single(string name)
        {
            if (!query.TryGetValue(name, out var values)) return body.Value(name) is { } value ? NotEmpty(name, Plain(name, value)) : null;
            return values.Count == 1 ? NotEmpty(name, values[0]!) : throw AspireException.NotAcceptable($"\"{name}\" was given more than once");
        }

        long? Number(string name) => Single(name) switch
        {
            null => null,
            var text when text.All(char.IsAsciiDigit) && text.Any(digit => digit != '0') => long.TryParse(text, out var number) ? number : long.MaxValue,
            var text => throw AspireException.NotAcceptable($"\"{name}\" must be a whole number from 1, and \"{AspireException.Echo(text)}\" is none"),
        };

        IReadOnlyList<string> Tags() => query.TryGetValue("tags", out var values) ? RoutingTags.Parse(values) : TagValues.Read(body, "tags");
    }

    /// <summary>The name of the worker: what it says, else the user of its credentials, else where it calls from.</summary>
    public static string Worker(HttpContext context, string? named)
    {
        var name = named ?? BasicCredentials.Parse(context.Request.Headers.Authorization)?.User;
        if (string.IsNullOrEmpty(name)) name = ClientAddress.Of(context);
        return name.Length <= LongestName ? name : throw AspireException.NotAcceptable($"the id of a worker has at most {LongestName} characters");
    }

    private static string Plain(string name, JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetRawText()
        : RequestBody.AsText(value) ?? throw AspireException.NotAcceptable($"\"{name}\" must be a string or a number");

    private static string NotEmpty(string name, string text) =>
        text.Length > 0 ? text : throw AspireException.NotAcceptable($"\"{name}\" must not be empty");
}
