using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Farm.Server.Contracts.Flamenco.Messages;

namespace Farm.Server.Contracts.Flamenco.OpenApi;

/// <summary>
/// The OpenAPI document (Contracts/Flamenco/Contract.md section 6.6), made from the mapped routes; response schemas come from the message types.
/// </summary>
internal static partial class OpenApiDocument
{
    private const string Json = "application/json";
    private const string Schemas = "#/components/schemas/";

    private static readonly JsonSchemaExporterOptions Exported = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = NeverNull };

    /// <summary>Writes the document.</summary>
    /// <param name="routes">Methods and paths, as <see cref="OpenApiOperation.Route"/>.</param>
    /// <param name="title">The name of the farm.</param>
    /// <param name="root">The URL prefix of the paths.</param>
    public static JsonObject Write(IEnumerable<string> routes, string title, string root)
    {
        var schemas = Requests();
        schemas["Error"] = Schema(FlamencoJson.Default.ErrorMessage);
        var paths = new JsonObject();
        foreach (var route in routes)
        {
            if (!OpenApiOperations.ByRoute.TryGetValue(route, out var operation)) continue;
            var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
            if (paths[path] is not JsonObject item) paths[path] = item = [];
            item[method.ToLowerInvariant()] = Describe(operation, path, schemas);
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = title, ["version"] = "3" },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = root }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas,
                ["securitySchemes"] = new JsonObject
                {
                    [OpenApiOperations.Worker] = new JsonObject { ["type"] = "http", ["scheme"] = "basic" },
                    [OpenApiOperations.Administrator] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" },
                },
            },
        };
    }

    private static JsonObject Describe(OpenApiOperation operation, string path, JsonObject schemas)
    {
        var described = new JsonObject { ["operationId"] = operation.Id, ["summary"] = operation.Summary };
        if (operation.Access is { } access) described["security"] = new JsonArray(new JsonObject { [access] = new JsonArray() });
        if (Parameters(path) is { Count: > 0 } parameters) described["parameters"] = parameters;
        if (operation.Body is { } body)
            described["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content(Json, Reference(body)) };
        else if (operation.Media.Length > 0)
            described["requestBody"] = new JsonObject { ["required"] = true, ["content"] = new JsonObject(operation.Media.Select(Binary)) };
        described["responses"] = Responses(operation, schemas);
        return described;
    }

    private static JsonObject Responses(OpenApiOperation operation, JsonObject schemas)
    {
        var responses = new JsonObject();
        foreach (var (status, message) in operation.Answers)
        {
            var response = new JsonObject { ["description"] = status == StatusCodes.Status204NoContent ? "Done, or no content." : "Done." };
            if (message is not null) response["content"] = Content(Json, Named(message, schemas));
            responses[$"{status}"] = response;
        }

        foreach (var status in operation.Refusals.Distinct().Order())
            responses[$"{status}"] = new JsonObject { ["description"] = "Refused.", ["content"] = Content(Json, Reference("Error")) };
        responses["default"] = new JsonObject { ["description"] = "The request failed.", ["content"] = Content(Json, Reference("Error")) };
        return responses;
    }

    private static JsonNode Named(JsonTypeInfo message, JsonObject schemas)
    {
        if (!message.Type.IsSealed || message.Type.IsArray || message.Type.IsGenericType || message.Type == typeof(JsonObject)) return Schema(message);
        schemas[message.Type.Name] ??= Schema(message);
        return Reference(message.Type.Name);
    }

    private static JsonArray Parameters(string path) => new(
    [
        .. Parameter().Matches(path).Select(match => (JsonNode)new JsonObject
        {
            ["name"] = match.Groups[1].Value, ["in"] = "path", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" },
        }),
    ]);

    private static JsonNode Schema(JsonTypeInfo type) => type.GetJsonSchemaAsNode(Exported);

    /// <summary>Optional properties are omitted, never null (section 1.1).</summary>
    private static JsonNode NeverNull(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is not JsonObject described) return new JsonObject();
        if (described["type"] is JsonArray types && types.FirstOrDefault(type => (string?)type != "null") is { } type)
            described["type"] = type.DeepClone();
        return schema;
    }

    private static JsonObject Reference(string schema) => new() { ["$ref"] = Schemas + schema };

    private static JsonObject Content(string media, JsonNode schema) => new() { [media] = new JsonObject { ["schema"] = schema } };

    private static KeyValuePair<string, JsonNode?> Binary(string media) =>
        new(media, new JsonObject { ["schema"] = new JsonObject { ["type"] = "string", ["format"] = "binary" } });

    private static JsonObject Requests()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Farm.Server.Contracts.Flamenco.OpenApi.Requests.json")!;
        return JsonSerializer.Deserialize(stream, FlamencoJson.Default.JsonObject)!;
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameter();
}
