using Farm.Server.Domain.Access;

namespace Farm.Server.Contracts.Shared;

/// <summary>Gives endpoints the caller of their request.</summary>
internal static class CallerOfRequest
{
    /// <summary>Who makes the request, as operations want to know it.</summary>
    public static Caller Caller(this HttpContext context) => context.RequestServices.GetRequiredService<Callers>().Of(context);

    /// <summary>The key of the request, for operations of workers; null without one.</summary>
    public static RequestKey? Key(this HttpContext context) => context.Request.Headers.ContainsKey(IdempotencyKey.Header) ? context.Caller().Key : null;
}
