using Farm.Server.Operations.Access;

namespace Farm.Server.Contracts.Farm.Endpoints;

/// <summary>Lets only requests pass that bring the administrator's token as a bearer token.</summary>
internal sealed class AdministratorOnly(AdministratorToken token) : IEndpointFilter
{
    private const string Scheme = "Bearer ";

    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var header = context.HttpContext.Request.Headers.Authorization.ToString();
        var isAdministrator = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && token.Is(header[Scheme.Length..].Trim());
        return isAdministrator
            ? next(context)
            : ValueTask.FromResult<object?>(FarmModule.Refused(
                StatusCodes.Status401Unauthorized, "this needs the administrator's token: run it on the server's machine, or name its --data"));
    }
}
