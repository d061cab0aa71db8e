using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Access;

namespace Farm.Server.Contracts.Farm.Endpoints;

/// <summary>Requires the administrator's token as a bearer token; answers 401 without it.</summary>
internal sealed class AdministratorOnly(AdministratorToken token) : IEndpointFilter
{
    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var isAdministrator = BearerToken.Of(context.HttpContext) is { } sent && token.Is(sent);
        return isAdministrator
            ? next(context)
            : ValueTask.FromResult<object?>(FarmModule.Error(
                StatusCodes.Status401Unauthorized, "the administrator's token is missing or wrong: run this on the server's machine, or give --data"));
    }
}
