using Farm.Server.Contracts.Shared;

namespace Farm.Server.Hosting.Security;

/// <summary>Refuses requests that were meant for another site; see <see cref="HostNames"/> for why.</summary>
internal sealed class HostMiddleware(RequestDelegate next, HostNames names)
{
    public Task InvokeAsync(HttpContext context) => names.Contains(context.Request.Host.Host)
        ? next(context)
        : context.WriteErrorAsync(new HttpError(
            StatusCodes.Status421MisdirectedRequest, "this farm does not know itself by that host name; add the name to its setting \"hosts\""));
}
