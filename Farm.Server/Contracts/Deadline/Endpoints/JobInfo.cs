using System.Text.Json;

namespace Farm.Server.Contracts.Deadline.Endpoints;

/// <summary>The keys and values of one part of a submission, as in a job file: mostly texts, in any case.</summary>
internal sealed class JobInfo
{
    /// <summary>What a pool or group is called that asks for nothing.</summary>
    public const string None = "none";

    /// <summary>Goes before the keys that are kept with the job for people to read.</summary>
    public const string Kept = "deadline.";

    /// <summary>The key under which all protocols keep who submitted a job.</summary>
    public const string User = "user.name";

    private static readonly string[] ForPeople =
        ["BatchName", "Comment", "Department", "MachineName", "Group", "OutputDirectory", "OutputFilename", "ExtraInfoKeyValue", "ExtraInfo"];

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the part; an absent one has no keys.</summary>
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

    /// <summary>The value of a key without blanks around it; empty when it is absent.</summary>
    public string this[string key] => _values.GetValueOrDefault(key, "");

    /// <summary>The keys that have a value.</summary>
    public IEnumerable<string> Keys => _values.Where(entry => entry.Value.Length > 0).Select(entry => entry.Key);

    /// <summary>Whether the value of a key says yes.</summary>
    public bool IsOn(string key) => this[key].ToLowerInvariant() is "true" or "1";

    /// <summary>A whole number.</summary>
    /// <exception cref="DeadlineException">It is none, or out of bounds: 400.</exception>
    public int Integer(string key, int otherwise, int least, int most)
    {
        if (this[key] is not { Length: > 0 } text) return otherwise;
        return int.TryParse(text, out var number) && number >= least && number <= most
            ? number
            : throw DeadlineException.Malformed($"{key} must be an integer from {least} to {most}.");
    }

    /// <summary>What is kept with the job.</summary>
    public Dictionary<string, string> Metadata()
    {
        var metadata = new Dictionary<string, string>();
        if (this["UserName"] is { Length: > 0 } user) metadata[User] = user;
        foreach (var (key, value) in _values)
        {
            var name = ForPeople.FirstOrDefault(kept => IsNumbered(key, kept));
            if (name is not null) metadata[Kept + name + key[name.Length..]] = value;
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
