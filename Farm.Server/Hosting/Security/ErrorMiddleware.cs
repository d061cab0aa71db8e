using Farm.Server.Contracts.Shared;

namespace Farm.Server.Hosting.Security;

/// <summary>
/// Turns every exception into an answer in the protocol's form. What nobody expected is logged in one line with an id, and the
/// client gets only the id: no framework page, no trace, no text of the exception.
/// </summary>
internal sealed class ErrorMiddleware(RequestDelegate next, Func<Guid> newId, ILogger<ErrorMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone: nobody is left to be told, and nothing is wrong here.
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception error)
        {
            await AnswerAsync(context, error);
        }
    }

    private async Task AnswerAsync(HttpContext context, Exception error)
    {
        var refusal = error is BadHttpRequestException bad ? new HttpError(bad.StatusCode, bad.Message) : Unexpected(context, error);
        if (context.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            context.Abort();
            return;
        }
        context.Response.Clear();
        await context.WriteErrorAsync(refusal);
    }

    private HttpError Unexpected(HttpContext context, Exception error)
    {
        var id = newId().ToString("N")[..8];
        log.LogError(error, "error {Id} at {Method} {Path}", id, context.Request.Method, context.Request.Path.Value);
        return new HttpError(StatusCodes.Status500InternalServerError, $"something went wrong in the farm; its log says more under {id}");
    }
}
