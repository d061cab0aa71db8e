using System.Text.Json.Serialization.Metadata;

namespace Farm.Server.Contracts.Flamenco.OpenApi;

/// <summary>The OpenAPI description of an operation.</summary>
/// <param name="Route">Method and path below the protocol's root, such as <c>GET /jobs/{id}</c>.</param>
/// <param name="Id">The operation id in the protocol.</param>
/// <param name="Summary">One sentence.</param>
internal sealed record OpenApiOperation(string Route, string Id, string Summary)
{
    /// <summary>The schema of the body in <c>Requests.json</c>; null for none.</summary>
    public string? Body { get; init; }

    /// <summary>The media types of a body that is not JSON.</summary>
    public string[] Media { get; init; } = [];

    /// <summary>The success statuses and their messages; null for an empty response.</summary>
    public IReadOnlyList<(int Status, JsonTypeInfo? Message)> Answers { get; init; } = [(StatusCodes.Status204NoContent, null)];

    /// <summary>The error statuses of this operation.</summary>
    public int[] Refusals { get; init; } = [];

    /// <summary>The security scheme; null for none.</summary>
    public string? Access { get; init; }

    /// <summary>Returns 200.</summary>
    public OpenApiOperation Returns(JsonTypeInfo message) => this with { Answers = [(StatusCodes.Status200OK, message)] };

    /// <summary>Returns 200, or 204 for no content.</summary>
    public OpenApiOperation MayReturn(JsonTypeInfo message) =>
        this with { Answers = [(StatusCodes.Status200OK, message), (StatusCodes.Status204NoContent, null)] };

    /// <summary>Takes a JSON body.</summary>
    public OpenApiOperation Takes(string schema) => this with { Body = schema, Refusals = [.. Refusals, 400] };

    /// <summary>Can fail with these statuses.</summary>
    public OpenApiOperation Refuses(params int[] statuses) => this with { Refusals = [.. Refusals, .. statuses] };
}
