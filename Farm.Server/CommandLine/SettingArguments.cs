using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Farm.Server.CommandLine;

/// <summary>Turns <c>name=value</c> of the command line into the settings of a job type.</summary>
internal static class SettingArguments
{
    /// <summary>The settings, each in the type that the job type declares; defaults of settings that were not named are filled in.</summary>
    /// <param name="jobType">The job type as the server describes it (Contracts/Flamenco/Contract.md section 7.1).</param>
    /// <param name="arguments">Texts like <c>frames=1-10</c>.</param>
    /// <exception cref="CommandFailedException">An argument has no equals sign, names no setting, or has no usable value.</exception>
    public static JsonObject Read(JsonObject jobType, IEnumerable<string> arguments)
    {
        var declared = jobType["settings"]!.AsArray().ToDictionary(setting => (string)setting!["key"]!, setting => setting!.AsObject());
        var settings = new JsonObject();
        foreach (var (key, setting) in declared)
        {
            if (setting["default"] is { } value) settings[key] = value.DeepClone();
        }

        foreach (var argument in arguments)
        {
            var equals = argument.IndexOf('=');
            if (equals <= 0) throw new CommandFailedException($"\"{argument}\" is not of the form name=value");
            var (key, text) = (argument[..equals], argument[(equals + 1)..]);
            if (!declared.TryGetValue(key, out var setting))
                throw new CommandFailedException($"{jobType["name"]} has no setting \"{key}\"; it has: {string.Join(", ", declared.Keys)}");
            settings[key] = Value(key, text, (string)setting["type"]!);
        }

        return settings;
    }

    private static JsonNode Value(string key, string text, string type) => type switch
    {
        "int32" when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        "float" when double.TryParse(text, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        "bool" when bool.TryParse(text, out var flag) => flag,
        "string" => JsonValue.Create(text),
        _ => throw new CommandFailedException($"the setting \"{key}\" is of type {type}, which {JsonEncodedText.Encode(text)} is not"),
    };
}
