using Farm.Server.Contracts.Aspire.Endpoints;
using Farm.Server.Contracts.Aspire.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;

namespace Farm.Server.Contracts.Aspire;

/// <summary>A refusal with a status of this protocol.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">One sentence for people.</param>
internal sealed class AspireException(int status, string message) : ProtocolException(status, message)
{
    /// <summary>There is no body, or it is not JSON: 400.</summary>
    public static AspireException Malformed(string message) => new(StatusCodes.Status400BadRequest, message);

    /// <summary>What was sent did not validate: 406.</summary>
    public static AspireException NotAcceptable(string message) => new(StatusCodes.Status406NotAcceptable, message);

    /// <summary>What was named does not exist: 404.</summary>
    public static AspireException NotFound(string message) => new(StatusCodes.Status404NotFound, message);

    /// <summary>There is no such path: 404.</summary>
    public static AspireException NoSuchCall() => NotFound("there is no such call");
}

/// <summary>How this protocol says no: an object with a message (Contracts/Aspire/Contract.md section 3).</summary>
internal sealed class AspireErrors : IHttpErrorWriter
{
    /// <inheritdoc/>
    public Task WriteAsync(HttpContext context, HttpError refusal) =>
        context.AnswerAsync(context.Response.StatusCode, new MessageAnswer(refusal.Message), AspireJson.Wire.MessageAnswer);

    /// <summary>Turns the refusals of a handler into answers. What nobody expected is left to the host.</summary>
    public static RequestDelegate Around(RequestDelegate handler) => ErrorMapping.Around(handler, Status);

    private static int Status(ErrorKind refusal) => refusal switch
    {
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Unavailable or ErrorKind.Exhausted => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status406NotAcceptable,
    };
}
