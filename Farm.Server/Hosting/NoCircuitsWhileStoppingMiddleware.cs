namespace Farm.Server.Hosting;

/// <summary>
/// Refuses new connections of pages once the server is stopping. A page whose connection was closed tries again within milliseconds,
/// while the server still listens, and the server would then wait for that connection until its patience of half a minute ends.
/// </summary>
internal sealed class NoCircuitsWhileStoppingMiddleware(RequestDelegate next, IHostApplicationLifetime lifetime)
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
