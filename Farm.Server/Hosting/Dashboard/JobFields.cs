using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Farm.Dashboard.Ports;
using Farm.Server.JobTypes;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>Converts the settings of a job type to form fields, and entered values back.</summary>
internal static class JobFields
{
    /// <summary>The field for a setting.</summary>
    public static JobField Of(JobSetting setting) => new(setting.Key, setting.Label ?? Label(setting.Key), Kind(setting), Text(setting.Default))
    {
        Description = setting.Description,
        Group = setting.Group,
        Choices = setting.Choices ?? [],
        Range = (Part(setting, "min"), Part(setting, "max"), setting.Type == JobSettingType.Int32 ? Part(setting, "step") : null),
        IsRequired = setting.Required,
        IsHidden = setting.Visible == JobSettingVisibility.Hidden,
    };

    /// <summary>
    /// An entered value in the type of the setting, or as text if it is invalid, so that the job type reports the error. Null for an empty field.
    /// </summary>
    public static JsonNode? Value(JobSetting setting, string text) => setting.Type switch
    {
        _ when text.Length == 0 && (setting.Type != JobSettingType.String || setting.Required) => null,
        JobSettingType.Bool => text == "true",
        JobSettingType.Int32 when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        JobSettingType.Float when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) => exact,
        _ => JsonValue.Create(text),
    };

    private static JobFieldKind Kind(JobSetting setting) => setting.Type switch
    {
        JobSettingType.Bool => JobFieldKind.Check,
        JobSettingType.Int32 => JobFieldKind.Integer,
        JobSettingType.Float => JobFieldKind.Number,
        _ when setting.Choices is not null => JobFieldKind.Choice,
        _ when setting.IsMultiline => JobFieldKind.Lines,
        _ => setting.Subtype is null ? JobFieldKind.Text : JobFieldKind.Path,
    };

    private static string Text(JsonNode? value) => value switch
    {
        null => "",
        _ when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => value.ToJsonString(),
    };

    private static string? Part(JobSetting setting, string name) => setting.PropArgs?[name] is { } part ? Text(part) : null;

    /// <summary>The label made from the key, as Flamenco's clients do.</summary>
    private static string Label(string key)
    {
        var words = key.Replace('_', ' ').Trim();
        return words.Length == 0 ? key : char.ToUpper(words[0], CultureInfo.InvariantCulture) + words[1..];
    }
}
