using System.Text.Json.Serialization.Metadata;

namespace Farm.Server.Contracts.Flamenco.OpenApi;

/// <summary>An operation as the document describes it.</summary>
/// <param name="Route">Method and path below the protocol's root, as it is mapped: <c>GET /jobs/{id}</c>.</param>
/// <param name="Id">The name that the protocol gives it.</param>
/// <param name="Summary">One sentence.</param>
internal sealed record OpenApiOperation(string Route, string Id, string Summary)
{
    /// <summary>The schema of the body, one of <c>Requests.json</c>; null for none.</summary>
    public string? Body { get; init; }

    /// <summary>The media types of a body that is not JSON.</summary>
    public string[] Media { get; init; } = [];

    /// <summary>The statuses of success and their messages; null for an empty answer.</summary>
    public IReadOnlyList<(int Status, JsonTypeInfo? Message)> Answers { get; init; } = [(StatusCodes.Status204NoContent, null)];

    /// <summary>The statuses of refusals, beside those that every operation has.</summary>
    public int[] Refusals { get; init; } = [];

    /// <summary>The security scheme; null for anybody.</summary>
    public string? Access { get; init; }

    /// <summary>An answer of 200.</summary>
    public OpenApiOperation Returns(JsonTypeInfo message) => this with { Answers = [(StatusCodes.Status200OK, message)] };

    /// <summary>An answer of 200, or of 204 where there is nothing to tell.</summary>
    public OpenApiOperation MayReturn(JsonTypeInfo message) =>
        this with { Answers = [(StatusCodes.Status200OK, message), (StatusCodes.Status204NoContent, null)] };

    /// <summary>A body of JSON.</summary>
    public OpenApiOperation Takes(string schema) => this with { Body = schema, Refusals = [.. Refusals, 400] };

    /// <summary>Refusals with these statuses.</summary>
    public OpenApiOperation Refuses(params int[] statuses) => this with { Refusals = [.. Refusals, .. statuses] };
}
