using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Access;

namespace Farm.Server.Contracts.Farm.Endpoints;

/// <summary>Requires the administrator's token as a bearer token; answers 401 without it.</summary>
internal sealed class AdministratorOnly(AdministratorToken token, RefusedRequests refused) : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (BearerToken.Of(context.HttpContext) is { } sent && token.Is(sent)) return await next(context);
        const string Reason = "the administrator's token is missing or wrong";
        await refused.RecordAsync(context.HttpContext, Reason);
        return FarmModule.Error(StatusCodes.Status401Unauthorized, $"{Reason}: run this on the server's machine, or give --data");
    }
}
