using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;

namespace Farm.Server.Contracts.Shared;

/// <summary>
/// Endpoint or group metadata: who may call a route at all, asked before its body is read (<see cref="Hosting.Security.AccessMiddleware"/>). The
/// operation behind it asks again, and may ask for more, such as that a job is the caller's own. Every route has it.
/// </summary>
internal sealed record RouteAccess
{
    private RouteAccess()
    {
    }

    /// <summary>Everybody, also where the farm is closed: signing in, proving who the farm is, and what is no secret.</summary>
    public static RouteAccess Anyone { get; } = new() { Name = "anyone" };

    /// <summary>Workers with their own credentials, which the endpoint checks.</summary>
    public static RouteAccess Worker { get; } = new() { Name = "the worker's credentials" };

    /// <summary>Whoever signs the request with a secret that both sides know, which the endpoint checks.</summary>
    public static RouteAccess Signed { get; } = new() { Name = "a signature" };

    /// <summary>Whoever has a permission.</summary>
    public static RouteAccess Needs(Permission permission) => new()
    {
        Permission = permission,
        Name = permission == Domain.Access.Permission.ControlOwnJobs ? "visitor, their own jobs; operator, all"
            : AccessTable.LeastRole(permission) is var role && role == Role.Worker ? "any role"
            : role.Name(),
    };

    /// <summary>Whoever may look, and whom the rules of a protocol allow more, which its operations ask.</summary>
    /// <param name="rules">Who that is, as the documentation says it.</param>
    public static RouteAccess ByRules(string rules) => Needs(Domain.Access.Permission.Look) with { Name = rules };

    /// <summary>What a caller must be allowed to do; null if the endpoint itself says.</summary>
    public Permission? Permission { get; private init; }

    /// <summary>Who that is, as the documentation says it.</summary>
    public required string Name { get; init; }

    /// <summary>The status for callers without an account or token; others are forbidden it. The same, where a protocol knows no other.</summary>
    public int StatusForUnknown { get; init; } = StatusCodes.Status403Forbidden;

    /// <summary>What such callers can do, where that is not to sign in; null for the usual words.</summary>
    public string? Hint { get; init; }
}
