using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.Flamenco;

/// <summary>A refusal with a status of this protocol. The message is one sentence for the client.</summary>
internal sealed class FlamencoRefusal(int status, string message) : RefusedException(status, message), IMalformedRequest
{
    /// <summary>The request does not have the form that the protocol asks for (contracts/flamenco.md section 1.3).</summary>
    public static FlamencoRefusal Malformed(string message) => new(StatusCodes.Status400BadRequest, message) { IsMalformed = true };

    /// <summary>Whether the request never got as far as an operation.</summary>
    public bool IsMalformed { get; private init; }
}

/// <summary>How this protocol says no: <c>{"code", "message"}</c> with every status (contracts/flamenco.md section 1.2).</summary>
internal sealed class FlamencoErrors : IRequestRefusal
{
    /// <inheritdoc/>
    public Task WriteAsync(HttpContext context, HttpRefusal refusal) =>
        context.Answer(refusal.Status, new ErrorMessage(refusal.Status, refusal.Message), FlamencoJson.Default.ErrorMessage);

    /// <summary>Turns the refusals of a handler into answers. What nobody expected is left to the host.</summary>
    public static RequestDelegate Around(RequestDelegate handler) => Refusals.Around(handler, Refusals.UsualStatus);
}
