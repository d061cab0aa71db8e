using System.Net.Mime;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Farm.Server.Contracts.Farm.Messages;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Farm.Server.Contracts.Farm.Endpoints;

/// <summary>The OpenAPI document of this protocol, made from the mapped routes and the message types.</summary>
internal static class OpenApi
{
    private static readonly JsonSchemaExporterOptions Exported = new() { TreatNullObliviousAsNonNullable = true };

    /// <summary>Writes the document for the routes below a root path.</summary>
    /// <param name="endpoints">All endpoints of the server.</param>
    /// <param name="root">The path prefix of the protocol's routes.</param>
    public static JsonObject Write(IEnumerable<Endpoint> endpoints, string root)
    {
        var (paths, schemas) = (new JsonObject(), new JsonObject());
        schemas["Error"] = Schema(typeof(ErrorMessage));
        foreach (var endpoint in endpoints.OfType<RouteEndpoint>())
        {
            var route = $"/{endpoint.RoutePattern.RawText?.TrimStart('/')}";
            if (!route.StartsWith($"{root}/", StringComparison.Ordinal)) continue;
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            {
                var path = route[root.Length..].Replace("{**", "{");
                if (paths[path] is not JsonObject item) paths[path] = item = [];
                item[method.ToLowerInvariant()] = Describe(endpoint, schemas);
            }
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Farm", ["version"] = "1" },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = root }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas,
                ["securitySchemes"] = new JsonObject
                {
                    [RouteDescription.Administrator] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" },
                    [RouteDescription.Account] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" },
                    [RouteDescription.Worker] = new JsonObject { ["type"] = "http", ["scheme"] = "basic" },
                },
            },
        };
    }

    private static JsonObject Describe(RouteEndpoint endpoint, JsonObject schemas)
    {
        var note = endpoint.Metadata.GetMetadata<RouteDescription>() ?? new RouteDescription("");
        var described = new JsonObject();
        if (note.Summary.Length > 0) described["summary"] = note.Summary;
        if (note.Access is { } access) described["security"] = new JsonArray(new JsonObject { [access] = new JsonArray() });
        if (endpoint.RoutePattern.Parameters is { Count: > 0 } parameters) described["parameters"] = new JsonArray([.. parameters.Select(Parameter)]);
        if (note.Body is { } body) described["requestBody"] = Content(MediaTypeNames.Application.Json, Reference(body, schemas));
        else if (note.TakesBytes) described["requestBody"] = Content(MediaTypeNames.Application.Octet, []);
        var answer = note.Answer is { } message ? Content(MediaTypeNames.Application.Json, Reference(message, schemas))
            : note.Media is { } media ? Content(media, [])
            : [];
        answer["description"] = "Done.";
        var responses = new JsonObject { [$"{note.Status}"] = answer };
        foreach (var status in note.Refusals)
        {
            var refusal = Content(MediaTypeNames.Application.Json, new JsonObject { ["$ref"] = "#/components/schemas/Error" });
            refusal["description"] = "Refused.";
            responses[$"{status}"] = refusal;
        }

        described["responses"] = responses;
        return described;
    }

    private static JsonNode Parameter(RoutePatternParameterPart parameter) => new JsonObject
    {
        ["name"] = parameter.Name,
        ["in"] = "path",
        ["required"] = true,
        ["schema"] = new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Content(string media, JsonObject schema) =>
        new() { ["content"] = new JsonObject { [media] = new JsonObject { ["schema"] = schema } } };

    private static JsonObject Reference(Type message, JsonObject schemas)
    {
        var name = message.Name.Replace("Message", "", StringComparison.Ordinal);
        schemas[name] ??= Schema(message);
        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    private static JsonNode Schema(Type message) => JsonSchemaExporter.GetJsonSchemaAsNode(((IJsonTypeInfoResolver)FarmJson.Default)
        .GetTypeInfo(message, FarmJson.Default.Options)!, Exported);
}
