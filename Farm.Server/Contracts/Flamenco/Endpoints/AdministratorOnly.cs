using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Access;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>
/// Operations that decide what runs on machines, or that show the configuration, require the administrator's token as a bearer token
/// (Contracts/Flamenco/Contract.md sections 6.1 and 12.5). Checked before the body is read.
/// </summary>
internal sealed class AdministratorOnly(AdministratorToken token)
{
    /// <summary>Lets only administrators through to a handler; others get 403.</summary>
    public RequestDelegate Wrap(RequestDelegate handler) => context => BearerToken.Of(context) is { } sent && token.Is(sent)
        ? handler(context)
        : context.WriteErrorAsync(new HttpError(
            StatusCodes.Status403Forbidden,
            "administrators only: send the content of administrator.token, in the data directory, as \"Authorization: Bearer …\""));
}
