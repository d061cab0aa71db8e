using Farm.Server.Contracts.Aspire.Endpoints;
using Farm.Server.Contracts.Aspire.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;

namespace Farm.Server.Contracts.Aspire;

/// <summary>Rejects a request with a status of this protocol.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">One sentence for people.</param>
internal sealed class AspireException(int status, string message) : ProtocolException(status, message)
{
    /// <summary>The body is missing or not JSON: 400.</summary>
    public static AspireException Malformed(string message) => new(StatusCodes.Status400BadRequest, message);

    /// <summary>The request is invalid: 406.</summary>
    public static AspireException NotAcceptable(string message) => new(StatusCodes.Status406NotAcceptable, message);

    /// <summary>Something in the request does not exist: 404.</summary>
    public static AspireException NotFound(string message) => new(StatusCodes.Status404NotFound, message);

    /// <summary>Unknown path: 404.</summary>
    public static AspireException NoSuchPath() => NotFound("no such path");
}

/// <summary>Writes errors as an object with a message (Contracts/Aspire/Contract.md section 3).</summary>
internal sealed class AspireErrors : IHttpErrorWriter
{
    /// <inheritdoc/>
    public Task WriteAsync(HttpContext context, HttpError error) =>
        context.RespondAsync(context.Response.StatusCode, new MessageResponse(error.Message), AspireJson.Wire.MessageResponse);

    /// <summary>Turns the expected exceptions of a handler into error responses; the host handles the others.</summary>
    public static RequestDelegate Wrap(RequestDelegate handler) => ErrorMapping.Wrap(handler, Status);

    private static int Status(ErrorKind kind) => kind switch
    {
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.Exhausted => StatusCodes.Status429TooManyRequests,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status406NotAcceptable,
    };
}
