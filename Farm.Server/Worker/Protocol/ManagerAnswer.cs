using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Farm.Server.Worker.Protocol;

/// <summary>What came back for a request: a status and a body, or nothing at all.</summary>
/// <param name="Status">The HTTP status; 0 when no answer came.</param>
/// <param name="Body">The body's bytes; when no answer came, why.</param>
internal readonly record struct ManagerAnswer(int Status, ReadOnlyMemory<byte> Body, string? Problem = null)
{
    /// <summary>No answer, or one that says nothing about the request: it is worth sending again.</summary>
    public bool IsPassing => Status is 0 or 408 or 429 or >= 500;

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The body as <typeparamref name="T"/>, or null when it is none.</summary>
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
