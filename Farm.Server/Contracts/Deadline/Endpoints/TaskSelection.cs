using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Farm.Server.Contracts.Deadline.Endpoints;

/// <summary>Reads <c>TaskList</c> in all its forms (Contracts/Deadline/Contract.md section 3.1).</summary>
internal static partial class TaskSelection
{
    /// <summary>The listed task ids; null for all tasks.</summary>
    /// <param name="list">The value; null when it is missing.</param>
    /// <exception cref="DeadlineException">The list has entries, but none is an integer: 400.</exception>
    public static IReadOnlyCollection<long>? Read(JsonElement? list)
    {
        if (list is not { ValueKind: not JsonValueKind.Null } value) return null;
        var entries = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : (JsonElement[])[value];
        if (entries.Length == 0) return null;
        var ids = new HashSet<long>(entries.Select(Integer).OfType<long>());
        return ids.Count > 0 ? ids : throw DeadlineException.Malformed("TaskList contains no valid Task IDs.");
    }

    /// <summary>Parses a whole number with optional spaces and sign, clamped to 64 bits; null for anything else.</summary>
    public static long? Integer(string? text)
    {
        if (text is null || !IntegerPattern().IsMatch(text)) return null;
        if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)) return number;
        return text.Contains('-') ? long.MinValue : long.MaxValue;
    }

    private static long? Integer(JsonElement entry) => entry.ValueKind switch
    {
        JsonValueKind.Number => Integer(entry.GetRawText()),
        JsonValueKind.String => Integer(RequestBody.AsText(entry)),
        _ => null,
    };

    [GeneratedRegex(@"^\s*[+-]?[0-9]+\s*\z")]
    private static partial Regex IntegerPattern();
}
