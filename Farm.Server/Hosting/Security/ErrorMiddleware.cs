using Farm.Server.Contracts.Shared;
using Microsoft.AspNetCore.Connections;

namespace Farm.Server.Hosting.Security;

/// <summary>
/// Turns every exception into a response in the protocol's format. An unexpected one is logged with an id, and the client gets only the id.
/// </summary>
internal sealed class ErrorMiddleware(RequestDelegate next, Func<Guid> newId, ILogger<ErrorMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        // A read of the body learns of a reset before the request does.
        catch (Exception error) when (context.RequestAborted.IsCancellationRequested || error is ConnectionResetException)
        {
            // The client closed the connection. A response that has started keeps its status.
            if (!context.Response.HasStarted) context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception error)
        {
            await AnswerAsync(context, error);
        }
    }

    private async Task AnswerAsync(HttpContext context, Exception error)
    {
        var refusal = ErrorMapping.Translate(error, ErrorMapping.UsualStatus) ?? Unexpected(context, error);
        if (context.Response.HasStarted)
        {
            // The client must not take a partial response for a complete one.
            context.Abort();
            return;
        }
        context.Response.Clear();
        await context.WriteErrorAsync(refusal);
    }

    private HttpError Unexpected(HttpContext context, Exception error)
    {
        var id = newId().ToString("N")[..8];
        log.LogError(error, "Error {Id} in {Method} {Path}", id, context.Request.Method, context.Request.Path.Value);
        return new HttpError(StatusCodes.Status500InternalServerError, $"server error {id}; see the log");
    }
}
