namespace Farm.Server.Hosting;

/// <summary>
/// Refuses new page connections while the server stops. Pages reconnect within milliseconds, and the shutdown would wait 30 seconds for them.
/// </summary>
internal sealed class RefuseCircuitsOnShutdownMiddleware(RequestDelegate next, IHostApplicationLifetime lifetime)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!lifetime.ApplicationStopping.IsCancellationRequested || !context.Request.Path.StartsWithSegments("/_blazor"))
            return next(context);

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.Connection = "close";
        return Task.CompletedTask;
    }
}
