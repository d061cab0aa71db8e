using Farm.Server.Contracts.Farm.Messages;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.Farm;

/// <summary>How this protocol says no: <c>{"error": "one plain sentence"}</c> with every status.</summary>
internal sealed class FarmErrors : IHttpErrorWriter
{
    /// <inheritdoc/>
    public Task WriteAsync(HttpContext context, HttpError refusal) =>
        context.Response.WriteAsJsonAsync(new ErrorMessage(refusal.Message), FarmJson.Default.ErrorMessage);

    /// <summary>Turns the refusals of a handler into answers. What nobody expected is left to the host.</summary>
    public static RequestDelegate Around(RequestDelegate handler) => ErrorMapping.Around(handler, ErrorMapping.UsualStatus);
}
