using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Access;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>
/// Operations that choose what runs on machines, or tell how the farm is set up, are for those who bring the administrator's token as a bearer token
/// (Contracts/Flamenco/Contract.md sections 6.1 and 12.5). Checked before any of the body is read.
/// </summary>
internal sealed class Administrators(AdministratorToken token)
{
    private const string Scheme = "Bearer ";

    /// <summary>Lets only administrators through to a handler.</summary>
    public RequestDelegate Around(RequestDelegate handler) => context =>
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && token.Is(header[Scheme.Length..].Trim())
            ? handler(context)
            : context.WriteErrorAsync(new HttpError(
                StatusCodes.Status403Forbidden,
                "this needs the administrator's token: send the content of administrator.token, in the data directory, as \"Authorization: Bearer …\""));
    };
}
