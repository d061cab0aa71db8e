using System.Text.Json.Serialization.Metadata;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>Writes responses.</summary>
internal static class Responses
{
    /// <summary>Responds with JSON.</summary>
    public static Task RespondAsync<T>(this HttpContext context, T message, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        return context.WriteJsonAsync(message, type);
    }

    /// <summary>Responds 204.</summary>
    public static Task RespondNoContentAsync(this HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>A route parameter.</summary>
    public static string Route(this HttpContext context, string name) => (string)context.Request.RouteValues[name]!;
}
