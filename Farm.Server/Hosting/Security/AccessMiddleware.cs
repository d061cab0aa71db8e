using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Farm.Server.Hosting.Security;

/// <summary>
/// Refuses requests of callers who may not use a route, before their body is read. What the rules are is in <see cref="AccessTable"/>; what a route
/// needs, in its <see cref="RouteAccess"/>.
/// </summary>
internal sealed class AccessMiddleware(RequestDelegate next, Callers callers, IEnumerable<IWorkerCredentials> workers)
{
    /// <summary>A route of which nobody said who may call it.</summary>
    private static readonly RouteAccess Unsaid = RouteAccess.Needs(Permission.ManageSettings);

    public async Task InvokeAsync(HttpContext context)
    {
        // Others are made by routing itself, to say which methods there are.
        if (context.GetEndpoint() is not RouteEndpoint endpoint
            || Access(context, endpoint) is not { Permission: { } permission } access
            || callers.May(context, permission))
        {
            await next(context);
            return;
        }

        var caller = callers.Of(context);
        if (await IsWorkerAsync(context)) caller = callers.SetWorker(context);
        if (caller.May(permission)) await next(context);
        else if (caller.Role == Role.Stranger && IsPage(context)) GoToSignIn(context);
        else await RefuseAsync(context, caller, access, permission);
    }

    private static RouteAccess Access(HttpContext context, Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IRouteAccesses>()?.Of(context) ?? endpoint.Metadata.GetMetadata<RouteAccess>() ?? Unsaid;

    /// <summary>Whether a request has the credentials of a worker, who may look where a stranger may not.</summary>
    private async ValueTask<bool> IsWorkerAsync(HttpContext context)
    {
        foreach (var credentials in workers)
        {
            if (await credentials.AreInAsync(context)) return true;
        }

        return false;
    }

    private static bool IsPage(HttpContext context) => context.GetEndpoint()!.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    private static void GoToSignIn(HttpContext context)
    {
        var back = Uri.EscapeDataString(context.Request.Path + context.Request.QueryString);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = $"{Farm.Dashboard.Ports.SignInAddresses.Page}?back={back}";
        context.Response.Headers.CacheControl = "no-store";
    }

    private static Task RefuseAsync(HttpContext context, Caller caller, RouteAccess access, Permission permission)
    {
        var status = caller switch
        {
            { IsKnown: true } => StatusCodes.Status403Forbidden,
            { Role: Role.Stranger } => StatusCodes.Status401Unauthorized,
            _ => access.StatusForUnknown,
        };
        // Not Basic: a browser would ask for a password that there is not.
        if (status == StatusCodes.Status401Unauthorized) context.Response.Headers.WWWAuthenticate = "Bearer";
        var why = !caller.IsKnown && access.Hint is { } hint ? hint : caller.WhyNot(permission);
        return context.WriteErrorAsync(new HttpError(status, why));
    }
}
