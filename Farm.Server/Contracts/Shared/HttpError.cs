namespace Farm.Server.Contracts.Shared;

/// <summary>An error response, whatever the protocol.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Message">One sentence for the client, without secrets.</param>
/// <param name="RetryAfter">Sent as <c>Retry-After</c> (whole seconds, rounded up); null when waiting does not help.</param>
internal sealed record HttpError(int Status, string Message, TimeSpan? RetryAfter = null)
{
    /// <summary>Whether the audit has it already, or need not have it.</summary>
    public bool IsAudited { get; init; }
}

/// <summary>Endpoint or group metadata: writes errors in the form of a protocol. Without it, errors are plain text.</summary>
internal interface IHttpErrorWriter
{
    /// <summary>Writes the body; status and Retry-After are already set.</summary>
    Task WriteAsync(HttpContext context, HttpError error);
}

/// <summary>Sends an <see cref="HttpError"/> in the form of the endpoint's protocol.</summary>
internal static class HttpErrorWriting
{
    /// <summary>Writes the response; a refusal also to the audit, if no operation did.</summary>
    public static async Task WriteErrorAsync(this HttpContext context, HttpError error)
    {
        if (error is { Status: StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden, IsAudited: false }
            && context.RequestServices.GetService<RefusedRequests>() is { } refused)
        {
            await refused.RecordAsync(context, error.Message);
        }

        var response = context.Response;
        response.StatusCode = error.Status;
        if (error.RetryAfter is { } wait)
            response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString();
        response.Headers.CacheControl = "no-store";
        // Otherwise the unread body would have to be drained before the next request on the connection.
        if (context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0)
            response.Headers.Connection = "close";

        if (context.GetEndpoint()?.Metadata.GetMetadata<IHttpErrorWriter>() is { } form)
        {
            await form.WriteAsync(context, error);
            return;
        }

        response.ContentType = "text/plain; charset=utf-8";
        await response.WriteAsync(error.Message + "\n", context.RequestAborted);
    }
}
