using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>Writes answers.</summary>
internal static class Answers
{
    /// <summary>Answers with JSON.</summary>
    public static Task AnswerAsync<T>(this HttpContext context, T message, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(message, type);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    /// <summary>Answers 204: what was to be deleted is.</summary>
    public static Task AnswerDeletedAsync(this HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>A part of the path.</summary>
    public static string Route(this HttpContext context, string name) => (string)context.Request.RouteValues[name]!;
}
