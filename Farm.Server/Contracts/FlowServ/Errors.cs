using Farm.Server.Contracts.FlowServ.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;

namespace Farm.Server.Contracts.FlowServ;

/// <summary>Rejects a request with a status of this protocol.</summary>
internal sealed class FlowServException(int status, string message) : ProtocolException(status, message)
{
    /// <summary>The request is invalid: 400.</summary>
    public static FlowServException Malformed(string message) => new(StatusCodes.Status400BadRequest, message);

    /// <summary>The token is missing (for some routes: or invalid): 403.</summary>
    public static FlowServException NotLoggedIn() => new(StatusCodes.Status403Forbidden, "not logged in");

    /// <summary>The token is invalid, or its account is not a member: 403.</summary>
    public static FlowServException NotAuthorized() => new(StatusCodes.Status403Forbidden, "not authorized");
}

/// <summary>Writes errors: <c>message</c> for client errors, <c>error</c> for 413 and server errors (Contracts/FlowServ/Contract.md section 1, errors).</summary>
internal sealed class FlowServErrors : IHttpErrorWriter
{
    /// <inheritdoc/>
    public Task WriteAsync(HttpContext context, HttpError error)
    {
        var isServerError = error.Status is StatusCodes.Status413PayloadTooLarge or >= StatusCodes.Status500InternalServerError;
        return isServerError
            ? context.WriteJsonAsync(new ErrorMessage(error.Message), FlowServJson.Wire.ErrorMessage)
            : context.WriteJsonAsync(new PlainErrorMessage(error.Message), FlowServJson.Wire.PlainErrorMessage);
    }

    /// <summary>Turns the expected exceptions of a handler into error responses; the host handles the others.</summary>
    public static RequestDelegate Wrap(RequestDelegate handler) => ErrorMapping.Wrap(handler, Status);

    /// <summary>The HTTP error for an exception; null for an unexpected one.</summary>
    public static HttpError? Translate(Exception error) => ErrorMapping.Translate(error, Status);

    private static int Status(ErrorKind kind) => kind switch
    {
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorKind.Exhausted => StatusCodes.Status429TooManyRequests,
        ErrorKind.Unavailable => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status400BadRequest,
    };
}
