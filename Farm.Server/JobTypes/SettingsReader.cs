using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Farm.Server.JobTypes;

/// <summary>
/// Reads the settings of a submission. Scripts may send other JSON types, so an unambiguous value is converted (<c>"5"</c> and
/// <c>5.0</c> to 5, <c>12</c> to <c>"12"</c>) and any other is rejected. A missing key and a JSON null are
/// equivalent.
/// </summary>
internal readonly struct SettingsReader(JsonObject settings)
{
    /// <summary>The text; null if it is missing or blank.</summary>
    /// <exception cref="JobCompilationException">The value is neither text nor a number.</exception>
    public string? OptionalText(string key)
    {
        var text = settings[key] switch
        {
            null => null,
            var node when node.GetValueKind() is JsonValueKind.String => node.GetValue<string>(),
            var node when node.GetValueKind() is JsonValueKind.Number => node.ToJsonString(),
            var node => throw Mismatch(key, "a text", node),
        };
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>The text.</summary>
    /// <param name="why">Why the setting is needed, phrased to follow "is missing: ".</param>
    /// <exception cref="JobCompilationException">The value is missing, blank, or neither text nor a number.</exception>
    public string RequiredText(string key, string why) =>
        OptionalText(key)
        ?? throw Refused(key, $"is missing: {why}");

    /// <summary>The integer; null if it is missing.</summary>
    /// <exception cref="JobCompilationException">The value is not a 32-bit integer or is less than <paramref name="least"/>.</exception>
    public int? Int32(string key, int least)
    {
        if (settings[key] is not { } node)
            return null;
        if (ReadNumber(node) is not { } number || number != Math.Floor(number) || Math.Abs(number) > int.MaxValue)
            throw Mismatch(key, "a whole number", node);
        return number >= least
            ? (int)number
            : throw Refused(key, $"must be at least {least}, but is {number:0}");
    }

    /// <summary>The number; null if it is missing.</summary>
    /// <exception cref="JobCompilationException">The value is not a finite number or is less than 0.</exception>
    public double? NonNegativeNumber(string key)
    {
        if (settings[key] is not { } node)
            return null;
        return ReadNumber(node) is { } number && number >= 0 ? number : throw Mismatch(key, "a number that is not negative", node);
    }

    /// <summary>The Boolean; null if it is missing.</summary>
    /// <exception cref="JobCompilationException">The value is not true, false, 1 or 0, nor one of these as text.</exception>
    public bool? Flag(string key) => settings[key] switch
    {
        null => null,
        var node => node.ToJsonString().Trim('"').ToLowerInvariant() switch
        {
            "true" or "1" => true,
            "false" or "0" => false,
            _ => throw Mismatch(key, "true or false", node),
        },
    };

    private static double? ReadNumber(JsonNode node)
    {
        var text = node.GetValueKind() switch
        {
            JsonValueKind.Number => node.ToJsonString(),
            JsonValueKind.String => node.GetValue<string>().Trim(),
            _ => "",
        };
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;
    }

    private static JobCompilationException Mismatch(string key, string wanted, JsonNode got)
    {
        var shown = got.ToJsonString();
        return Refused(key, $"must be {wanted}, but is {(shown.Length > 60 ? shown[..60] + "…" : shown)}");
    }

    private static JobCompilationException Refused(string key, string problem) =>
        JobCompilationException.OfSettings(new Dictionary<string, string> { [key] = problem });
}
