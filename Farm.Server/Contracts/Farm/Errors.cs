using Farm.Server.Contracts.Farm.Messages;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.Farm;

/// <summary>Writes errors as <c>{"error": "one plain sentence"}</c>, with every status.</summary>
internal sealed class FarmErrors : IHttpErrorWriter
{
    /// <inheritdoc/>
    public Task WriteAsync(HttpContext context, HttpError refusal) =>
        context.Response.WriteAsJsonAsync(new ErrorMessage(refusal.Message), FarmJson.Default.ErrorMessage);

    /// <summary>Turns the expected exceptions of a handler into error responses; the host handles the others.</summary>
    public static RequestDelegate Wrap(RequestDelegate handler) => ErrorMapping.Wrap(handler, ErrorMapping.UsualStatus);
}
