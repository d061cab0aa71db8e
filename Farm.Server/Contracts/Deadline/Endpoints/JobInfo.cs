using System.Text.Json;

namespace Farm.Server.Contracts.Deadline.Endpoints;

/// <summary>The keys and values of one part of a submission (<c>JobInfo</c> or <c>PluginInfo</c>), as in a job file. Keys are case-insensitive.</summary>
internal sealed class JobInfo
{
    /// <summary>The name for no pool and no group.</summary>
    public const string None = "none";

    /// <summary>The prefix of informational keys in the job's metadata.</summary>
    public const string MetadataPrefix = "deadline.";

    /// <summary>The metadata key of the submitter, shared by all protocols.</summary>
    public const string UserNameKey = "user.name";

    private static readonly string[] MetadataKeys =
        ["BatchName", "Comment", "Department", "MachineName", "Group", "OutputDirectory", "OutputFilename", "ExtraInfoKeyValue", "ExtraInfo"];

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a part; a missing one has no keys.</summary>
    /// <exception cref="DeadlineException">It is not an object: 400.</exception>
    public JobInfo(RequestBody body, string name)
    {
        if (body.Value(name) is not { ValueKind: not JsonValueKind.Null } part) return;
        if (part.ValueKind != JsonValueKind.Object) throw DeadlineException.Malformed($"{name} must be a JSON object.");
        foreach (var entry in part.EnumerateObject())
        {
            if (Text(entry.Value) is { } text) _values[entry.Name] = text;
        }
    }

    /// <summary>The trimmed value of a key; empty when it is missing.</summary>
    public string this[string key] => _values.GetValueOrDefault(key, "");

    /// <summary>The keys with non-empty values.</summary>
    public IEnumerable<string> Keys => _values.Where(entry => entry.Value.Length > 0).Select(entry => entry.Key);

    /// <summary>Whether the value of a key is <c>true</c> or <c>1</c>.</summary>
    public bool IsOn(string key) => this[key].ToLowerInvariant() is "true" or "1";

    /// <summary>A whole number within bounds.</summary>
    /// <exception cref="DeadlineException">It is not a whole number or out of bounds: 400.</exception>
    public int Integer(string key, int defaultValue, int min, int max)
    {
        if (this[key] is not { Length: > 0 } text) return defaultValue;
        return int.TryParse(text, out var number) && number >= min && number <= max
            ? number
            : throw DeadlineException.Malformed($"{key} must be an integer from {min} to {max}.");
    }

    /// <summary>The informational keys, as metadata of the job.</summary>
    public Dictionary<string, string> Metadata()
    {
        var metadata = new Dictionary<string, string>();
        if (this["UserName"] is { Length: > 0 } user) metadata[UserNameKey] = user;
        foreach (var (key, value) in _values)
        {
            var name = MetadataKeys.FirstOrDefault(kept => IsNumbered(key, kept));
            if (name is not null) metadata[MetadataPrefix + name + key[name.Length..]] = value;
        }

        return metadata;
    }

    private static bool IsNumbered(string key, string name) =>
        key.StartsWith(name, StringComparison.OrdinalIgnoreCase) && key.Skip(name.Length).All(char.IsAsciiDigit);

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => RequestBody.AsText(value),
    };
}
