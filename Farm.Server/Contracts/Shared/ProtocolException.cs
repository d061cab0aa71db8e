namespace Farm.Server.Contracts.Shared;

/// <summary>Rejects a request with an HTTP status. Each protocol has its own subclass.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">One sentence for the client.</param>
/// <param name="retryAfter">After this time a retry may work; null when waiting does not help.</param>
internal abstract class ProtocolException(int status, string message, TimeSpan? retryAfter = null) : Exception(message)
{
    private const int MaxEchoLength = 100;

    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>Whether the audit has it already.</summary>
    public bool IsAudited { get; init; }

    /// <summary>After this time a retry may work; null when waiting does not help.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Text from the client, shortened for an error message.</summary>
    public static string Echo(string text) => text.Length > MaxEchoLength ? text[..MaxEchoLength] + "…" : text;
}
