using System.Text.Json;

namespace Farm.Server.Worker.Commands;

/// <summary>
/// Reads a command's parameters (contract section 7.5). What is missing or of the wrong kind fails the task with its name.
/// </summary>
internal sealed class CommandParameters(JsonElement parameters)
{
    /// <summary>All of them, for commands whose parameters have a form of their own.</summary>
    public JsonElement Whole => parameters;

    /// <exception cref="CommandFailedException">Missing, not a string, or empty.</exception>
    public string Text(string name)
    {
        var text = OptionalText(name);
        return text.Length > 0 ? text : throw new CommandFailedException($"parameter '{name}' is missing or empty");
    }

    /// <summary>The text, or "" when there is none.</summary>
    /// <exception cref="CommandFailedException">Not a string.</exception>
    public string OptionalText(string name)
    {
        if (!TryGet(name, out var value)) return "";
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new CommandFailedException($"parameter '{name}' is not text");
    }

    /// <exception cref="CommandFailedException">Missing, or not a finite number (digits in a string are accepted).</exception>
    public double Number(string name)
    {
        if (!TryGet(name, out var value)) throw new CommandFailedException($"parameter '{name}' is missing");
        var isNumber = value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDouble(out var number) ? number : double.NaN,
            JsonValueKind.String => double.TryParse(value.GetString(), out var number) ? number : double.NaN,
            _ => double.NaN,
        };
        return double.IsFinite(isNumber) ? isNumber : throw new CommandFailedException($"parameter '{name}' is not a number");
    }

    /// <summary>A list of arguments; numbers and truth values become text. Empty when there is none.</summary>
    /// <exception cref="CommandFailedException">Not a list, or an item is a list, an object or null.</exception>
    public IReadOnlyList<string> List(string name)
    {
        if (!TryGet(name, out var value)) return [];
        if (value.ValueKind != JsonValueKind.Array) throw new CommandFailedException($"parameter '{name}' is not a list");
        return [.. value.EnumerateArray().Select(item => Argument(name, item))];
    }

    /// <summary>Arguments written as one line, split as a POSIX shell would. Empty when there is none.</summary>
    /// <exception cref="CommandFailedException">Not text, or a quote is not closed.</exception>
    public IReadOnlyList<string> Words(string name)
    {
        try
        {
            return Processes.ShellWords.Split(OptionalText(name));
        }
        catch (FormatException e)
        {
            throw new CommandFailedException($"parameter '{name}': {e.Message}");
        }
    }

    /// <summary>A full path.</summary>
    /// <exception cref="CommandFailedException">Missing, or not a path that says where it starts.</exception>
    public string AbsolutePath(string name)
    {
        var path = Text(name);
        return Path.IsPathFullyQualified(path) ? path : throw new CommandFailedException($"parameter '{name}' is not an absolute path: {path}");
    }

    /// <summary>Whether there is such a parameter.</summary>
    public bool Has(string name) => TryGet(name, out _);

    /// <summary>An object.</summary>
    /// <exception cref="CommandFailedException">Missing, or something else.</exception>
    public JsonElement Object(string name) => TryGet(name, out var value) && value.ValueKind == JsonValueKind.Object
        ? value
        : throw new CommandFailedException($"parameter '{name}' is missing or no object");

    /// <summary>The texts of an object by their names; empty when there is none.</summary>
    /// <exception cref="CommandFailedException">Something else, or a value is a list, an object or null.</exception>
    public IReadOnlyDictionary<string, string> Texts(string name)
    {
        if (!TryGet(name, out var value)) return new Dictionary<string, string>();
        if (value.ValueKind != JsonValueKind.Object) throw new CommandFailedException($"parameter '{name}' is no object");
        return value.EnumerateObject().ToDictionary(entry => entry.Name, entry => Argument(name, entry.Value));
    }

    /// <summary>The value as JSON shows it, text in quotes. `null` when there is none.</summary>
    public string Shown(string name) => TryGet(name, out var value) ? value.GetRawText() : "null";

    private static string Argument(string name, JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.String => item.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => item.GetRawText(),
        _ => throw new CommandFailedException($"parameter '{name}' has an item that is neither text nor number: {item.GetRawText()}"),
    };

    private bool TryGet(string name, out JsonElement value)
    {
        value = default;
        return parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }
}
