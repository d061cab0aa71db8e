using System.Text.Json;
using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.Aspire.Operations;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.Aspire.Endpoints;

/// <summary>Reads the parameters of a fetch from the query string or the body; the query takes precedence (Contracts/Aspire/Contract.md section 2.2).</summary>
internal static class FetchParameters
{
    private const int MaxNameLength = 255;

    /// <summary>Reads the parameters.</summary>
    /// <returns>The request, and whether it has a number of batches, so that the response is a list.</returns>
    /// <exception cref="AspireException">A parameter is invalid: 406.</exception>
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
            (int)Math.Min(batches ?? 1, BatchFetch.MaxBatches), Number("items"));
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
            var text => throw AspireException.NotAcceptable($"\"{name}\" must be a whole number greater than 0, not \"{AspireException.Echo(text)}\""),
        };

        IReadOnlyList<string> Tags() => query.TryGetValue("tags", out var values) ? RoutingTags.Parse(values) : TagValues.Read(body, "tags");
    }

    /// <summary>The name of the worker: as sent, else the user name of its credentials, else its address.</summary>
    public static string Worker(HttpContext context, string? named)
    {
        var name = named ?? BasicCredentials.Parse(context.Request.Headers.Authorization)?.User;
        if (string.IsNullOrEmpty(name)) name = ClientAddress.Of(context);
        return name.Length <= MaxNameLength ? name : throw AspireException.NotAcceptable($"the id of a worker must have at most {MaxNameLength} characters");
    }

    private static string Plain(string name, JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetRawText()
        : RequestBody.AsText(value) ?? throw AspireException.NotAcceptable($"\"{name}\" must be a string or a number");

    private static string NotEmpty(string name, string text) =>
        text.Length > 0 ? text : throw AspireException.NotAcceptable($"\"{name}\" must not be empty");
}
