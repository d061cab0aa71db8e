using System.Text.Json;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Operations;

namespace Farm.Server.Contracts.FlowServ;

/// <summary>A refusal with a status of this protocol.</summary>
internal sealed class FlowServRefusal(int status, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>What the client sent makes no sense: 400.</summary>
    public static FlowServRefusal Malformed(string message) => new(StatusCodes.Status400BadRequest, message);

    /// <summary>The request has no token, or where the protocol says so a bad one: 403.</summary>
    public static FlowServRefusal NotLoggedIn() => new(StatusCodes.Status403Forbidden, "not logged in");

    /// <summary>The token is nobody's, or that of somebody who is no member: 403.</summary>
    public static FlowServRefusal NotAuthorized() => new(StatusCodes.Status403Forbidden, "not authorized");
}

/// <summary>How this protocol says no: <c>message</c> for what the client did, <c>error</c> for 413 and for trouble of the farm's own
/// (contracts/flowserv.md section 1, errors).</summary>
internal sealed class FlowServErrors : IRequestRefusal
{
    /// <inheritdoc/>
    public Task WriteAsync(HttpContext context, Shared.Refusal refusal)
    {
        AllowEverybody(context);
        var isError = refusal.Status is StatusCodes.Status413PayloadTooLarge or >= StatusCodes.Status500InternalServerError;
        var bytes = isError
            ? JsonSerializer.SerializeToUtf8Bytes(new ErrorMessage(refusal.Message), FlowServJson.Wire.ErrorMessage)
            : JsonSerializer.SerializeToUtf8Bytes(new RefusalMessage(refusal.Message), FlowServJson.Wire.RefusalMessage);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    /// <summary>Lets pages of every site read the answer (contracts/flowserv.md section 1).</summary>
    public static void AllowEverybody(HttpContext context)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.Headers.AccessControlExposeHeaders = "Content-Disposition";
    }

    /// <summary>Turns the refusals of a handler into answers. What nobody expected is left to the host.</summary>
    public static RequestDelegate Around(RequestDelegate handler) => async context =>
    {
        AllowEverybody(context);
        try
        {
            await handler(context);
        }
        catch (Exception error) when (!context.Response.HasStarted && Translate(error) is not null)
        {
            await context.RefuseAsync(Translate(error)!);
        }
    };

    /// <summary>What an exception means for the client; null for one that nobody expected.</summary>
    public static Shared.Refusal? Translate(Exception error) => error switch
    {
        FlowServRefusal refusal => new(refusal.Status, refusal.Message),
        FarmError farm => new(Status(farm.Refusal), farm.Message),
        StorageFullException => new(StatusCodes.Status500InternalServerError, error.Message),
        BadHttpRequestException bad => new(bad.StatusCode, bad.Message),
        _ => null,
    };

    private static int Status(Domain.Refusal refusal) => refusal switch
    {
        Domain.Refusal.NotFound => StatusCodes.Status404NotFound,
        Domain.Refusal.Forbidden => StatusCodes.Status403Forbidden,
        Domain.Refusal.TooLarge => StatusCodes.Status413PayloadTooLarge,
        Domain.Refusal.Exhausted or Domain.Refusal.Unavailable => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status400BadRequest,
    };
}
