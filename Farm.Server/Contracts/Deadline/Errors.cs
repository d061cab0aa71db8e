using System.Text;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;

namespace Farm.Server.Contracts.Deadline;

/// <summary>A refusal with a status of this protocol.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">One sentence, without the word <c>Error:</c> that is put in front of it.</param>
internal sealed class DeadlineException(int status, string message) : ProtocolException(status, message)
{
    /// <summary>What the client sent makes no sense: 400.</summary>
    public static DeadlineException Malformed(string message) => new(StatusCodes.Status400BadRequest, message);

    /// <summary>The service could not do it: 500, which in this protocol also says that there is no such job.</summary>
    public static DeadlineException Failed(string message) => new(StatusCodes.Status500InternalServerError, message);

    /// <summary>The service does not have it: 501.</summary>
    public static DeadlineException NotBuilt(string message) => new(StatusCodes.Status501NotImplemented, message);

    /// <summary>No job has this id: 500, not 404 (Contracts/Deadline/Contract.md section 6).</summary>
    public static DeadlineException NoSuchJob(string id) => Failed($"Job {Echo(id)} does not exist.");
}

/// <summary>How this protocol says no: one line of plain text that no client can take for JSON (Contracts/Deadline/Contract.md section 6).</summary>
internal sealed class DeadlineErrors : IHttpErrorWriter
{
    /// <inheritdoc/>
    public Task WriteAsync(HttpContext context, HttpError refusal)
    {
        var bytes = Encoding.UTF8.GetBytes("Error: " + refusal.Message.ReplaceLineEndings(" ").Trim());
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    /// <summary>Turns the refusals of a handler into answers. What nobody expected is left to the host.</summary>
    public static RequestDelegate Around(RequestDelegate handler) => ErrorMapping.Around(handler, Status);

    private static int Status(ErrorKind refusal) => refusal is ErrorKind.Invalid or ErrorKind.PreconditionFailed
        ? StatusCodes.Status400BadRequest
        : StatusCodes.Status500InternalServerError;
}
