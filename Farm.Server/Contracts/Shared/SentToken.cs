using Farm.Server.Operations.Accounts;

namespace Farm.Server.Contracts.Shared;

/// <summary>
/// The farm's token in a request, wherever the clients of some protocol can send one: as a bearer token, as the password of Basic, in the headers
/// <c>api_key</c> and <c>X-Api-Key</c>, or in the address (<see cref="TokenPath"/>).
/// </summary>
internal static class SentToken
{
    /// <summary>A header of its own, for what is no account, such as the code of a worker.</summary>
    public const string Header = "X-Api-Key";

    private static readonly string[] Headers = [Callers.FlowServToken, Header];

    /// <summary>The token, valid or not; null without one.</summary>
    public static string? Of(HttpContext context)
    {
        if (TokenPath.Of(context) is { } inPath) return inPath;
        if (BearerToken.Of(context) is { } bearer && Shaped(bearer) is { } sent) return sent;
        if (BasicCredentials.Parse(context.Request.Headers.Authorization) is var (user, password) && (Shaped(password) ?? Shaped(user)) is { } basic) return basic;
        foreach (var header in Headers)
        {
            if (context.Request.Headers[header] is [{ } value] && Shaped(value) is { } token) return token;
        }

        return null;
    }

    private static string? Shaped(string text) => text.StartsWith(Tokens.Prefix, StringComparison.Ordinal) ? text : null;
}
