using Farm.Server.Contracts.Shared;

namespace Farm.Server.Hosting.Security;

/// <summary>Refuses requests for unknown host names; see <see cref="HostNames"/>.</summary>
internal sealed class HostMiddleware(RequestDelegate next, HostNames names)
{
    public Task InvokeAsync(HttpContext context) => names.Contains(context.Request.Host.Host)
        ? next(context)
        : context.WriteErrorAsync(new HttpError(
            StatusCodes.Status421MisdirectedRequest, "unknown host name; add it to the setting \"hosts\""));
}
