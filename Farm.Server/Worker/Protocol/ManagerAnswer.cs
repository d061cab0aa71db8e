using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Farm.Server.Worker.Protocol;

/// <summary>The response to a request, or the reason why there was none.</summary>
/// <param name="Status">The HTTP status; 0 without a response.</param>
/// <param name="Body">The body.</param>
/// <param name="Problem">Why there was no response.</param>
internal readonly record struct ManagerAnswer(int Status, ReadOnlyMemory<byte> Body, string? Problem = null)
{
    /// <summary>The identity of the farm, in answers to registration and sign-on; null from a manager that has none.</summary>
    public string? Farm { get; init; }

    /// <summary>Whether the worker gets no tasks until somebody approves it, in answers to sign-on.</summary>
    public bool WaitsForApproval { get; init; }

    /// <summary>Whether there was no response because the certificate of the manager is not accepted.</summary>
    public bool IsUntrusted { get; init; }

    /// <summary>Whether the failure is transient, so that the request should be repeated.</summary>
    public bool IsTransient => Status is 0 or 408 or 429 or >= 500;

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Ends the start of a worker whose manager shows a certificate that is not accepted: asking again would not help.</summary>
    /// <exception cref="WorkerStartException">The certificate is not accepted.</exception>
    public void ThrowIfUntrusted()
    {
        if (IsUntrusted) throw new WorkerStartException(Problem!);
    }

    /// <summary>The body as <typeparamref name="T"/>; null if it is invalid.</summary>
    public T? Read<T>(JsonTypeInfo<T> type) where T : class
    {
        if (Body.IsEmpty) return null;
        try
        {
            return JsonSerializer.Deserialize(Body.Span, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>One line for the log.</summary>
    public override string ToString()
    {
        if (Status == 0) return Problem ?? "no answer";
        var error = Read(WorkerJson.Default.ManagerError);
        var message = error?.Message ?? error?.Error;
        return string.IsNullOrWhiteSpace(message) ? $"status {Status}" : $"status {Status}: {message}";
    }
}
