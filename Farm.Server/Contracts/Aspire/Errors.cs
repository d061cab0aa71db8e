using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Operations;

namespace Farm.Server.Contracts.Aspire;

/// <summary>A refusal with a status of this protocol.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">One sentence for people.</param>
internal sealed class AspireRefusal(int status, string message) : Exception(message)
{
    private const int LongestEcho = 100;

    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>There is no body, or it is not JSON: 400.</summary>
    public static AspireRefusal Malformed(string message) => new(StatusCodes.Status400BadRequest, message);

    /// <summary>What was sent did not validate: 406.</summary>
    public static AspireRefusal NotAcceptable(string message) => new(StatusCodes.Status406NotAcceptable, message);

    /// <summary>What was named does not exist: 404.</summary>
    public static AspireRefusal NotFound(string message) => new(StatusCodes.Status404NotFound, message);

    /// <summary>There is no such path: 404.</summary>
    public static AspireRefusal NoSuchCall() => NotFound("there is no such call");

    /// <summary>What a client sent, short enough to be said back.</summary>
    public static string Echo(string text) => text.Length > LongestEcho ? text[..LongestEcho] + "…" : text;
}

/// <summary>How this protocol says no: an object with a message (contracts/aspire.md section 3).</summary>
internal sealed class AspireErrors : IRequestRefusal
{
    /// <inheritdoc/>
    public Task WriteAsync(HttpContext context, Shared.Refusal refusal) =>
        context.Answer(context.Response.StatusCode, new MessageAnswer(refusal.Message), AspireJson.Wire.MessageAnswer);

    /// <summary>Turns the refusals of a handler into answers. What nobody expected is left to the host.</summary>
    public static RequestDelegate Around(RequestDelegate handler) => async context =>
    {
        try
        {
            await handler(context);
        }
        catch (Exception error) when (!context.Response.HasStarted && Translate(error) is not null)
        {
            await context.RefuseAsync(Translate(error)!);
        }
    };

    private static Shared.Refusal? Translate(Exception error) => error switch
    {
        AspireRefusal refusal => new(refusal.Status, refusal.Message),
        FarmError { Refusal: Domain.Refusal.NotFound } => new(StatusCodes.Status404NotFound, error.Message),
        FarmError { Refusal: Domain.Refusal.Unavailable or Domain.Refusal.Exhausted } or StorageFullException
            => new(StatusCodes.Status503ServiceUnavailable, error.Message),
        FarmError => new(StatusCodes.Status406NotAcceptable, error.Message),
        BadHttpRequestException bad => new(bad.StatusCode, bad.Message),
        _ => null,
    };
}
