namespace Farm.Server.Contracts.Farm.Endpoints;

/// <summary>What the OpenAPI document says of a route, put into its metadata where it is mapped.</summary>
/// <param name="Summary">One line for people.</param>
internal sealed record RouteNote(string Summary)
{
    /// <summary>The security scheme of the administrator's token.</summary>
    public const string Administrator = "administrator";

    /// <summary>The security scheme of workers.</summary>
    public const string Worker = "worker";

    /// <summary>The security scheme that the route needs; null for none.</summary>
    public string? Access { get; init; }

    /// <summary>The status of a success.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>The message of a success, one that <see cref="Messages.FarmJson"/> knows; null when it is none or bytes.</summary>
    public Type? Answer { get; init; }

    /// <summary>The media type of a success that is bytes; null when it is none or a message.</summary>
    public string? Media { get; init; }

    /// <summary>The message that is sent; null when none is, or bytes.</summary>
    public Type? Body { get; init; }

    /// <summary>Whether any bytes are sent.</summary>
    public bool TakesBytes { get; init; }

    /// <summary>The statuses of refusals.</summary>
    public IReadOnlyList<int> Refusals { get; init; } = [];
}
