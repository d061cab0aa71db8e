using System.Text.Json;

namespace Farm.Server.Worker.Commands;

/// <summary>
/// Reads the parameters of a command (contract section 7.5). A missing or invalid parameter fails the task.
/// </summary>
internal sealed class CommandParameters(JsonElement parameters)
{
    /// <summary>The JSON of all parameters.</summary>
    public JsonElement Whole => parameters;

    /// <exception cref="TaskCommandException">Missing, not a string, or empty.</exception>
    public string Text(string name)
    {
        var text = OptionalText(name);
        return text.Length > 0 ? text : throw new TaskCommandException($"parameter '{name}' is missing or empty");
    }

    /// <summary>A string; "" if it is missing.</summary>
    /// <exception cref="TaskCommandException">Not a string.</exception>
    public string OptionalText(string name)
    {
        if (!TryGet(name, out var value)) return "";
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new TaskCommandException($"parameter '{name}' is not a string");
    }

    /// <exception cref="TaskCommandException">Missing, or not a finite number (digits in a string are accepted).</exception>
    public double Number(string name)
    {
        if (!TryGet(name, out var value)) throw new TaskCommandException($"parameter '{name}' is missing");
        var isNumber = value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDouble(out var number) ? number : double.NaN,
            JsonValueKind.String => double.TryParse(value.GetString(), out var number) ? number : double.NaN,
            _ => double.NaN,
        };
        return double.IsFinite(isNumber) ? isNumber : throw new TaskCommandException($"parameter '{name}' is not a number");
    }

    /// <summary>A list of arguments; numbers and booleans become strings. Empty if it is missing.</summary>
    /// <exception cref="TaskCommandException">Not a list, or an item is a list, an object or null.</exception>
    public IReadOnlyList<string> List(string name)
    {
        if (!TryGet(name, out var value)) return [];
        if (value.ValueKind != JsonValueKind.Array) throw new TaskCommandException($"parameter '{name}' is not a list");
        return [.. value.EnumerateArray().Select(item => Argument(name, item))];
    }

    /// <summary>Arguments in one line, split like a POSIX shell does. Empty if it is missing.</summary>
    /// <exception cref="TaskCommandException">Not a string, or a quote is not closed.</exception>
    public IReadOnlyList<string> Words(string name)
    {
        try
        {
            return Processes.ShellWords.Split(OptionalText(name));
        }
        catch (FormatException e)
        {
            throw new TaskCommandException($"parameter '{name}': {e.Message}");
        }
    }

    /// <summary>An absolute path.</summary>
    /// <exception cref="TaskCommandException">Missing, or not absolute.</exception>
    public string AbsolutePath(string name)
    {
        var path = Text(name);
        return Path.IsPathFullyQualified(path) ? path : throw new TaskCommandException($"parameter '{name}' is not an absolute path: {path}");
    }

    /// <summary>Whether the parameter exists.</summary>
    public bool Has(string name) => TryGet(name, out _);

    /// <summary>An object.</summary>
    /// <exception cref="TaskCommandException">Missing, or not an object.</exception>
    public JsonElement Object(string name) => TryGet(name, out var value) && value.ValueKind == JsonValueKind.Object
        ? value
        : throw new TaskCommandException($"parameter '{name}' is missing or not an object");

    /// <summary>An object with string values; empty if it is missing.</summary>
    /// <exception cref="TaskCommandException">Not an object, or a value is a list, an object or null.</exception>
    public IReadOnlyDictionary<string, string> Texts(string name)
    {
        if (!TryGet(name, out var value)) return new Dictionary<string, string>();
        if (value.ValueKind != JsonValueKind.Object) throw new TaskCommandException($"parameter '{name}' is not an object");
        return value.EnumerateObject().ToDictionary(entry => entry.Name, entry => Argument(name, entry.Value));
    }

    /// <summary>The value as JSON; `null` if it is missing.</summary>
    public string RawJson(string name) => TryGet(name, out var value) ? value.GetRawText() : "null";

    private static string Argument(string name, JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.String => item.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => item.GetRawText(),
        _ => throw new TaskCommandException($"parameter '{name}' has an item that is not a string or number: {item.GetRawText()}"),
    };

    private bool TryGet(string name, out JsonElement value)
    {
        value = default;
        return parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }
}
