using System.Security.Cryptography;
using System.Text;
using Farm.Server.Domain.Access;

namespace Farm.Server.Contracts.Shared;

/// <summary>The header <c>Idempotency-Key</c>, which all protocols take with requests that change something.</summary>
internal static class IdempotencyKey
{
    /// <summary>The name of the header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The most characters of a key.</summary>
    public const int MaxLength = 255;

    /// <summary>The headers with which clients say who they are. Sessions are told by their account.</summary>
    private static readonly string[] Credentials = ["Authorization", "X-Worker-ID", "X-Secret", Callers.FlowServToken, SentToken.Header];

    /// <summary>Why the header of a request is not a key; null if it is one.</summary>
    public static string? WhyNotAllowed(HttpRequest request) => request.Headers[Header] switch
    {
        [{ Length: > 0 and <= MaxLength } key] when key.All(static character => character is > ' ' and <= '~') => null,
        [_] => $"{Header} must have 1 to {MaxLength} printable ASCII characters without spaces, such as a UUID",
        _ => $"{Header} must be sent once",
    };

    /// <summary>The key of a request. The same text from somebody else is another key.</summary>
    /// <param name="request">The request, with the header.</param>
    /// <param name="caller">Who makes it.</param>
    public static RequestKey Of(HttpRequest request, Caller caller) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{Sender(request, caller)}\n{request.Headers[Header]}")), Guid.NewGuid());

    /// <summary>An account or a token is the same from any machine. Workers of some protocols have neither.</summary>
    private static string Sender(HttpRequest request, Caller caller)
    {
        if (caller.Token is { } token) return $"token {token.Id}";
        if (caller.Account is { } account) return $"account {account.Id}";
        return Credentials.Any(request.Headers.ContainsKey)
            ? $"credentials {string.Join('\n', Credentials.Select(name => request.Headers[name].ToString()))}"
            : $"address {caller.Address}";
    }
}
