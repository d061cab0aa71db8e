namespace Farm.Server.Contracts.Shared;

/// <summary>A request is refused with a status of its protocol. Each protocol has its own, which knows the statuses by their meaning.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">One sentence for the client.</param>
/// <param name="retryAfter">After this time it may work; null when time does not matter.</param>
internal abstract class ProtocolException(int status, string message, TimeSpan? retryAfter = null) : Exception(message)
{
    private const int LongestEcho = 100;

    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>After this time it may work; null when time does not matter.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>What a client sent, short enough to be said back.</summary>
    public static string Echo(string text) => text.Length > LongestEcho ? text[..LongestEcho] + "…" : text;
}
