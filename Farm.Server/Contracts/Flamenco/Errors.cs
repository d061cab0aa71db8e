using Farm.Server.Contracts.Flamenco.Endpoints;
using Farm.Server.Contracts.Flamenco.Messages;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.Flamenco;

/// <summary>Rejects a request with a status of this protocol. The message is one sentence for the client.</summary>
internal sealed class FlamencoException(int status, string message) : ProtocolException(status, message), IMalformedRequest
{
    /// <summary>The request is malformed: 400 (Contracts/Flamenco/Contract.md section 1.3).</summary>
    public static FlamencoException Malformed(string message) => new(StatusCodes.Status400BadRequest, message) { IsMalformed = true };

    /// <summary>Whether the request was rejected before any operation ran.</summary>
    public bool IsMalformed { get; private init; }
}

/// <summary>Writes errors as <c>{"code", "message"}</c> (Contracts/Flamenco/Contract.md section 1.2).</summary>
internal sealed class FlamencoErrors : IHttpErrorWriter
{
    /// <inheritdoc/>
    public Task WriteAsync(HttpContext context, HttpError refusal) =>
        context.RespondAsync(refusal.Status, new ErrorMessage(refusal.Status, refusal.Message), FlamencoJson.Default.ErrorMessage);

    /// <summary>Turns the expected exceptions of a handler into error responses; the host handles the others.</summary>
    public static RequestDelegate Wrap(RequestDelegate handler) => ErrorMapping.Wrap(handler, ErrorMapping.UsualStatus);
}
