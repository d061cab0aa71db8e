using Farm.Server.Contracts.Shared;
using Farm.Tests.Contracts.Toy.Messages;
using Microsoft.AspNetCore.Http;

namespace Farm.Tests.Contracts.Toy;

/// <summary>A refusal with a status of this protocol.</summary>
internal sealed class ToyException(int status, string message) : ProtocolException(status, message)
{
    public static ToyException NoSuchPath() => new(StatusCodes.Status404NotFound, "there is nothing at this path");

    public static ToyException Malformed() => new(StatusCodes.Status400BadRequest, "a note needs a text");
}

/// <summary>How this protocol says no.</summary>
internal sealed class ToyErrors : IHttpErrorWriter
{
    public Task WriteAsync(HttpContext context, HttpError refusal) =>
        context.Response.WriteAsJsonAsync(new SorryMessage(refusal.Message), ToyJson.Default.SorryMessage);

    public static RequestDelegate Wrap(RequestDelegate handler) => ErrorMapping.Wrap(handler, ErrorMapping.UsualStatus);
}
