using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Farm.Server.CommandLine;

/// <summary>Converts <c>name=value</c> arguments into the settings of a job.</summary>
internal static class SettingArguments
{
    /// <summary>The settings in the types that the job type declares; defaults are filled in.</summary>
    /// <param name="jobType">The job type as the server describes it (Contracts/Flamenco/Contract.md section 7.1).</param>
    /// <param name="arguments">Texts like <c>frames=1-10</c>.</param>
    /// <exception cref="CommandFailedException">An argument has no equals sign, an unknown name or an invalid value.</exception>
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
            if (equals <= 0) throw new CommandFailedException($"\"{argument}\" must have the form name=value");
            var (key, text) = (argument[..equals], argument[(equals + 1)..]);
            if (!declared.TryGetValue(key, out var setting))
                throw new CommandFailedException($"unknown setting \"{key}\" of {jobType["name"]}; expected one of {string.Join(", ", declared.Keys)}");
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
        _ => throw new CommandFailedException($"setting \"{key}\": {JsonEncodedText.Encode(text)} is not of type {type}"),
    };
}
