namespace Farm.Server.Contracts.Shared;

/// <summary>A request is not carried out, for a reason that no contract knows of.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Message">One sentence for the client, without secrets.</param>
/// <param name="RetryAfter">Sent as <c>Retry-After</c> (whole seconds, rounded up) when it passes by itself.</param>
internal sealed record HttpError(int Status, string Message, TimeSpan? RetryAfter = null);

/// <summary>How a protocol says no. Put into an endpoint's or group's metadata (<c>group.WithMetadata(…)</c>); without it, plain text is sent.</summary>
internal interface IHttpErrorWriter
{
    /// <summary>Writes the body; status and Retry-After are set already.</summary>
    Task WriteAsync(HttpContext context, HttpError refusal);
}

/// <summary>Sends a <see cref="HttpError"/> in the form of the endpoint that was meant.</summary>
internal static class HttpErrorWriting
{
    public static Task WriteErrorAsync(this HttpContext context, HttpError refusal)
    {
        var response = context.Response;
        response.StatusCode = refusal.Status;
        if (refusal.RetryAfter is { } wait)
            response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString();
        response.Headers.CacheControl = "no-store";
        // What was not read of the body would have to be read away before the next request on the connection.
        if (context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0)
            response.Headers.Connection = "close";

        if (context.GetEndpoint()?.Metadata.GetMetadata<IHttpErrorWriter>() is { } form)
            return form.WriteAsync(context, refusal);
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(refusal.Message + "\n", context.RequestAborted);
    }
}
