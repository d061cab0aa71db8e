using System.Text;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;

namespace Farm.Server.Contracts.Deadline;

/// <summary>Rejects a request with a status of this protocol.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">One sentence, without the prefix <c>Error:</c>.</param>
internal sealed class DeadlineException(int status, string message) : ProtocolException(status, message)
{
    /// <summary>The request is invalid: 400.</summary>
    public static DeadlineException Malformed(string message) => new(StatusCodes.Status400BadRequest, message);

    /// <summary>The request failed: 500. In this protocol also for unknown jobs.</summary>
    public static DeadlineException Failed(string message) => new(StatusCodes.Status500InternalServerError, message);

    /// <summary>Not implemented: 501.</summary>
    public static DeadlineException NotImplemented(string message) => new(StatusCodes.Status501NotImplemented, message);

    /// <summary>Unknown job: 500, not 404 (Contracts/Deadline/Contract.md section 6).</summary>
    public static DeadlineException NoSuchJob(string id) => Failed($"Job {Echo(id)} does not exist.");
}

/// <summary>Writes errors as one line of plain text that clients cannot mistake for JSON (Contracts/Deadline/Contract.md section 6).</summary>
internal sealed class DeadlineErrors : IHttpErrorWriter
{
    /// <inheritdoc/>
    public Task WriteAsync(HttpContext context, HttpError error)
    {
        var bytes = Encoding.UTF8.GetBytes("Error: " + error.Message.ReplaceLineEndings(" ").Trim());
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    /// <summary>Turns the expected exceptions of a handler into error responses; the host handles the others.</summary>
    public static RequestDelegate Wrap(RequestDelegate handler) => ErrorMapping.Wrap(handler, Status);

    private static int Status(ErrorKind kind) => kind is ErrorKind.Invalid or ErrorKind.PreconditionFailed
        ? StatusCodes.Status400BadRequest
        : StatusCodes.Status500InternalServerError;
}
