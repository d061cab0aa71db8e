using System.Globalization;
using System.Text.Json.Nodes;
using Farm.Server.JobTypes.OpenJobDescription.Model;
using Farm.Server.JobTypes.OpenJobDescription.Reading;

namespace Farm.Server.JobTypes.OpenJobDescription.Compiling;

/// <summary>Converts template parameters to job settings (Contracts/Flamenco/Contract.md section 7.1).</summary>
internal static class ParameterSettings
{
    /// <summary>One setting for each parameter, in the order of the template.</summary>
    public static IReadOnlyList<JobSetting> Of(JobTemplate template) => [.. template.Parameters.Select(Of)];

    private static JobSetting Of(JobParameter parameter)
    {
        var type = TypeOf(parameter);
        return new JobSetting(parameter.Name, type)
        {
            Subtype = parameter is { Type: ParameterType.Path, AllowedValues: null } ? parameter.Control == ParameterControl.ChooseDirectory || !parameter.IsFile
                ? JobSettingSubtype.DirPath
                : JobSettingSubtype.FilePath : null,
            Choices = type == JobSettingType.String ? parameter.AllowedValues : null,
            PropArgs = PropArgs(parameter, type),
            Description = parameter.Description?.Trim(),
            Label = parameter.Label,
            Default = Default(parameter, type),
            Visible = parameter.Control == ParameterControl.Hidden ? JobSettingVisibility.Hidden : JobSettingVisibility.Visible,
            Required = parameter.Default is null,
            Group = parameter.GroupLabel,
            IsMultiline = parameter.Control == ParameterControl.MultilineEdit,
        };
    }

    /// <summary>In job settings, choices are strings and integers have 32 bits; values that do not fit are sent as strings.</summary>
    private static JobSettingType TypeOf(JobParameter parameter) => parameter.Type switch
    {
        ParameterType.String when parameter is { Control: ParameterControl.CheckBox } => JobSettingType.Bool,
        ParameterType.Int when parameter.AllowedValues is null && Fits(parameter.Default) && Fits(parameter.MinValue) && Fits(parameter.MaxValue) =>
            JobSettingType.Int32,
        ParameterType.Float when parameter.AllowedValues is null => JobSettingType.Float,
        _ => JobSettingType.String,
    };

    private static bool Fits(string? number) => number is null || int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static JsonNode? Default(JobParameter parameter, JobSettingType type) => parameter.Default is not { } value ? null : type switch
    {
        JobSettingType.Bool => value == UserInterfaceReader.Yes(parameter.AllowedValues!),
        JobSettingType.Int32 => int.Parse(value, CultureInfo.InvariantCulture),
        JobSettingType.Float => double.Parse(value, CultureInfo.InvariantCulture),
        _ => value,
    };

    private static JsonObject? PropArgs(JobParameter parameter, JobSettingType type)
    {
        var args = new JsonObject();
        if (type is JobSettingType.Int32 or JobSettingType.Float)
        {
            AddNumber("min", parameter.MinValue);
            AddNumber("max", parameter.MaxValue);
            // Blender's step for floats is in hundredths.
            if (parameter.SingleStep is { } step && type == JobSettingType.Int32) AddNumber("step", Fits(step) ? step : null);
            else if (parameter.SingleStep is { } share && parameter.Decimals is not null)
                args["step"] = Math.Clamp((int)Math.Round(Math.Min(double.Parse(share, CultureInfo.InvariantCulture), 1e6) * 100), 1, 100_000_000);
            if (parameter.Decimals is { } decimals) args["precision"] = Math.Min(decimals, 6);
        }
        else if (type == JobSettingType.String && parameter.MaxLength is > 0 and <= TextRules.MostOfValue)
        {
            args["maxlen"] = parameter.MaxLength;
        }

        return args.Count > 0 ? args : null;

        void AddNumber(string name, string? number)
        {
            if (number is not null) args[name] = JsonNode.Parse(double.Parse(number, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture));
        }
    }
}
