using Farm.Server.Contracts.FlowServ.Messages;
using Farm.Server.Contracts.FlowServ.Operations;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>Password resets (Contracts/FlowServ/Contract.md section 4.1).</summary>
internal sealed class PasswordEndpoints(FlowServAuthentication authentication, PasswordRequests requests, FlowServSettings settings)
{
    /// <summary>Creates a reset request and returns its id, also for unknown names.</summary>
    public async Task RequestAsync(HttpContext context)
    {
        var byAdministrator = IsAdministrator(context);
        var username = (await RequestBody.ReadAsync(context, "username")).Required("username");
        await context.RespondAsync(new PasswordRequestMessage(Mapping.Id(await requests.MakeAsync(context.Caller(), username, byAdministrator))), FlowServJson.Wire.PasswordRequestMessage);
    }

    /// <summary>Sets a new password with a reset request.</summary>
    public async Task ResetAsync(HttpContext context)
    {
        var byAdministrator = IsAdministrator(context);
        var body = await RequestBody.ReadAsync(context, "requestId", "password");
        var (id, password) = (body.Required("requestId"), body.Required("password"));
        if (password.Length == 0) throw FlowServException.Malformed("empty password");
        var account = Guid.TryParseExact(id, "N", out var uuid) ? await requests.UseAsync(context.Caller(), uuid, password, byAdministrator) : null;
        if (account is null) throw new FlowServException(StatusCodes.Status404NotFound, $"unknown request '{id}'");
        await context.RespondAsync(Mapping.User(account), FlowServJson.Wire.UserMessage);
    }

    /// <summary>Whether an administrator asks.</summary>
    /// <exception cref="FlowServException">Somebody else asks, and the settings do not allow it: 404.</exception>
    private bool IsAdministrator(HttpContext context)
    {
        if (authentication.Optional(context) is { IsAdministrator: true }) return true;
        return settings.PasswordReset
            ? false
            : throw new FlowServException(StatusCodes.Status404NotFound, "only administrators reset passwords on this farm; ask one");
    }
}
