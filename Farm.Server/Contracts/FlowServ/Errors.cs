using System.Text.Json;
using Farm.Server.Contracts.FlowServ.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;

namespace Farm.Server.Contracts.FlowServ;

/// <summary>A refusal with a status of this protocol.</summary>
internal sealed class FlowServException(int status, string message) : ProtocolException(status, message)
{
    /// <summary>What the client sent makes no sense: 400.</summary>
    public static FlowServException Malformed(string message) => new(StatusCodes.Status400BadRequest, message);

    /// <summary>The request has no token, or where the protocol says so a bad one: 403.</summary>
    public static FlowServException NotLoggedIn() => new(StatusCodes.Status403Forbidden, "not logged in");

    /// <summary>The token is nobody's, or that of somebody who is no member: 403.</summary>
    public static FlowServException NotAuthorized() => new(StatusCodes.Status403Forbidden, "not authorized");
}

/// <summary>How this protocol says no: <c>message</c> for what the client did, <c>error</c> for 413 and for trouble of the farm's own
/// (Contracts/FlowServ/Contract.md section 1, errors).</summary>
internal sealed class FlowServErrors : IHttpErrorWriter
{
    /// <inheritdoc/>
    public Task WriteAsync(HttpContext context, HttpError refusal)
    {
        AllowEverybody(context);
        var isError = refusal.Status is StatusCodes.Status413PayloadTooLarge or >= StatusCodes.Status500InternalServerError;
        var bytes = isError
            ? JsonSerializer.SerializeToUtf8Bytes(new ErrorMessage(refusal.Message), FlowServJson.Wire.ErrorMessage)
            : JsonSerializer.SerializeToUtf8Bytes(new PlainErrorMessage(refusal.Message), FlowServJson.Wire.PlainErrorMessage);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    /// <summary>Lets pages of every site read the answer (Contracts/FlowServ/Contract.md section 1).</summary>
    public static void AllowEverybody(HttpContext context)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.Headers.AccessControlExposeHeaders = "Content-Disposition";
    }

    /// <summary>Turns the refusals of a handler into answers. What nobody expected is left to the host.</summary>
    public static RequestDelegate Around(RequestDelegate handler)
    {
        var refusing = ErrorMapping.Around(handler, Status);
        return context =>
        {
            AllowEverybody(context);
            return refusing(context);
        };
    }

    /// <summary>What an exception means for the client; null for one that nobody expected.</summary>
    public static HttpError? Translate(Exception error) => ErrorMapping.Translate(error, Status);

    private static int Status(ErrorKind refusal) => refusal switch
    {
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorKind.Exhausted or ErrorKind.Unavailable => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status400BadRequest,
    };
}
