using Farm.Server.Operations.Access;

namespace Farm.Server.Contracts.Farm.Endpoints;

/// <summary>Requires the administrator's token as a bearer token; answers 401 without it.</summary>
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
            : ValueTask.FromResult<object?>(FarmModule.Error(
                StatusCodes.Status401Unauthorized, "the administrator's token is missing or wrong: run this on the server's machine, or give --data"));
    }
}
