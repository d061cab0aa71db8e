namespace Farm.Server.Contracts.Farm.Endpoints;

/// <summary>Endpoint metadata: what the OpenAPI document says about a route.</summary>
/// <param name="Summary">One line for people.</param>
internal sealed record RouteDescription(string Summary)
{
    /// <summary>The security scheme of the administrator's token.</summary>
    public const string Administrator = "administrator";

    /// <summary>The security scheme of accounts: a token, or the session of the dashboard.</summary>
    public const string Account = "account";

    /// <summary>The security scheme of workers.</summary>
    public const string Worker = "worker";

    /// <summary>The security scheme of the route; null for none.</summary>
    public string? Access { get; init; }

    /// <summary>The status on success.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>The response message on success, registered in <see cref="Messages.FarmJson"/>; null for no content or a file.</summary>
    public Type? Answer { get; init; }

    /// <summary>The media type of a file that is returned; null for no content or a message.</summary>
    public string? Media { get; init; }

    /// <summary>The request message; null for no body or a file.</summary>
    public Type? Body { get; init; }

    /// <summary>Whether the request body is a file.</summary>
    public bool TakesBytes { get; init; }

    /// <summary>The error statuses.</summary>
    public IReadOnlyList<int> Refusals { get; init; } = [];
}
