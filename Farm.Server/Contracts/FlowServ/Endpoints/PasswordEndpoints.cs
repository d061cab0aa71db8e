using Farm.Server.Contracts.FlowServ.Messages;
using Farm.Server.Contracts.FlowServ.Operations;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>New passwords for those who forgot theirs (Contracts/FlowServ/Contract.md section 4.1).</summary>
internal sealed class PasswordEndpoints(PasswordRequests requests, FlowServSettings settings)
{
    /// <summary>Gives the id of a request, for names that are nobody's too.</summary>
    public async Task Request(HttpContext context)
    {
        CheckOn();
        var username = (await RequestBody.Read(context, "username")).Needed("username");
        await context.Answer(new PasswordRequestMessage(Mapping.Id(await requests.Make(username))), FlowServJson.Wire.PasswordRequestMessage);
    }

    /// <summary>Sets the new password of a request.</summary>
    public async Task Reset(HttpContext context)
    {
        CheckOn();
        var body = await RequestBody.Read(context, "requestId", "password");
        var (id, password) = (body.Needed("requestId"), body.Needed("password"));
        if (password.Length == 0) throw FlowServException.Malformed("empty password");
        var account = Guid.TryParseExact(id, "N", out var uuid) ? await requests.Use(uuid, password) : null;
        if (account is null) throw new FlowServException(StatusCodes.Status404NotFound, $"unknown request '{id}'");
        await context.Answer(Mapping.User(account), FlowServJson.Wire.UserMessage);
    }

    private void CheckOn()
    {
        if (!settings.PasswordReset) throw new FlowServException(StatusCodes.Status404NotFound, "new passwords are not given out here; ask whoever runs the farm");
    }
}
