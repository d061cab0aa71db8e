using Farm.Server.Contracts.FlowServ.Messages;
using Farm.Server.Contracts.FlowServ.Operations;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>New passwords for those who forgot theirs (Contracts/FlowServ/Contract.md section 4.1).</summary>
internal sealed class PasswordEndpoints(PasswordRequests requests, FlowServSettings settings)
{
    /// <summary>Gives the id of a request, for names that are nobody's too.</summary>
    public async Task RequestAsync(HttpContext context)
    {
        CheckOn();
        var username = (await RequestBody.ReadAsync(context, "username")).Needed("username");
        await context.AnswerAsync(new PasswordRequestMessage(Mapping.Id(await requests.MakeAsync(username))), FlowServJson.Wire.PasswordRequestMessage);
    }

    /// <summary>Sets the new password of a request.</summary>
    public async Task ResetAsync(HttpContext context)
    {
        CheckOn();
        var body = await RequestBody.ReadAsync(context, "requestId", "password");
        var (id, password) = (body.Needed("requestId"), body.Needed("password"));
        if (password.Length == 0) throw FlowServException.Malformed("empty password");
        var account = Guid.TryParseExact(id, "N", out var uuid) ? await requests.UseAsync(uuid, password) : null;
        if (account is null) throw new FlowServException(StatusCodes.Status404NotFound, $"unknown request '{id}'");
        await context.AnswerAsync(Mapping.User(account), FlowServJson.Wire.UserMessage);
    }

    private void CheckOn()
    {
        if (!settings.PasswordReset) throw new FlowServException(StatusCodes.Status404NotFound, "new passwords are not given out here; ask whoever runs the farm");
    }
}
