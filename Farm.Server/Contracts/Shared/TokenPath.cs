using Farm.Server.Operations.Accounts;
using Microsoft.AspNetCore.Http.Features;

namespace Farm.Server.Contracts.Shared;

/// <summary>
/// The farm's token as the first part of the path, as in <c>http://farm:8080/token/farm_…/</c>: for clients that can be given an address and
/// nothing else. It is cut off before anything else sees the path, so it is in no log.
/// </summary>
internal static class TokenPath
{
    private const string Root = "/token/";

    private static readonly object Key = new();

    /// <summary>Takes the token out of the path of a request. Must come before routing.</summary>
    public static void Take(HttpContext context)
    {
        var feature = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        var target = feature.RawTarget;
        if (!target.StartsWith(Root + Tokens.Prefix, StringComparison.Ordinal)) return;
        var end = target.AsSpan(Root.Length).IndexOfAny('/', '?') is >= 0 and var length ? Root.Length + length : target.Length;
        if (!feature.Path.StartsWith(target[..end], StringComparison.Ordinal)) return;
        context.Items[Key] = target[Root.Length..end];
        context.Request.PathBase = context.Request.PathBase.Add(target[..end]);
        feature.RawTarget = target[end..] is ['/', ..] rest ? rest : "/" + target[end..];
        feature.Path = feature.Path[end..] is { Length: > 0 } path ? path : "/";
    }

    /// <summary>The token that was in the path; null without one.</summary>
    public static string? Of(HttpContext context) => context.Items.TryGetValue(Key, out var token) ? (string)token! : null;
}
