using Farm.Server.Contracts.Flamenco.Endpoints;
using Farm.Server.Contracts.Flamenco.Messages;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.Flamenco;

/// <summary>A refusal with a status of this protocol. The message is one sentence for the client.</summary>
internal sealed class FlamencoException(int status, string message) : ProtocolException(status, message), IMalformedRequest
{
    /// <summary>The request does not have the form that the protocol asks for (Contracts/Flamenco/Contract.md section 1.3).</summary>
    public static FlamencoException Malformed(string message) => new(StatusCodes.Status400BadRequest, message) { IsMalformed = true };

    /// <summary>Whether the request never got as far as an operation.</summary>
    public bool IsMalformed { get; private init; }
}

/// <summary>How this protocol says no: <c>{"code", "message"}</c> with every status (Contracts/Flamenco/Contract.md section 1.2).</summary>
internal sealed class FlamencoErrors : IHttpErrorWriter
{
    /// <inheritdoc/>
    public Task WriteAsync(HttpContext context, HttpError refusal) =>
        context.AnswerAsync(refusal.Status, new ErrorMessage(refusal.Status, refusal.Message), FlamencoJson.Default.ErrorMessage);

    /// <summary>Turns the refusals of a handler into answers. What nobody expected is left to the host.</summary>
    public static RequestDelegate Around(RequestDelegate handler) => ErrorMapping.Around(handler, ErrorMapping.UsualStatus);
}
