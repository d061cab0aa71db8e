using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Farm.Server.Domain.Variables;
using Farm.Server.JobTypes.OpenJobDescription.Model;
using Farm.Server.JobTypes.OpenJobDescription.Reading;

namespace Farm.Server.JobTypes.OpenJobDescription.Compiling;

/// <summary>The values of a template's parameters in one submission.</summary>
internal sealed class ParameterValues
{
    private readonly Dictionary<string, string> _raw = [];
    private readonly Dictionary<string, string> _mapped = [];

    private ParameterValues()
    {
    }

    /// <summary>The exact values, by parameter name.</summary>
    public IReadOnlyDictionary<string, string> Raw => _raw;

    /// <summary>The path values, by parameter name, with variables in place of prefixes that differ between machines.</summary>
    public IReadOnlyDictionary<string, string> MappedPaths => _mapped;

    /// <summary>Reads the values of a submission and adds defaults for missing ones.</summary>
    /// <param name="template">Declares the parameters.</param>
    /// <param name="settings">As submitted.</param>
    /// <param name="paths">Replaces path prefixes with variables.</param>
    /// <exception cref="JobCompilationException">A value is missing, unknown or invalid. Lists all such settings.</exception>
    public static ParameterValues Read(JobTemplate template, JsonObject settings, VariableReplacer paths)
    {
        var values = new ParameterValues();
        var problems = new Dictionary<string, string>();
        foreach (var parameter in template.Parameters)
        {
            var (value, problem) = ReadOne(parameter, settings[parameter.Name]);
            if (problem is not null) problems[parameter.Name] = problem;
            else values.Take(parameter, value!, paths);
        }

        foreach (var (name, _) in settings)
        {
            if (template.Parameters.All(parameter => parameter.Name != name)) problems[name] = "is no parameter of this template";
        }

        return problems.Count == 0 ? values : throw JobCompilationException.OfSettings(problems);
    }

    /// <summary>The value of a name that format strings may use at submission; null for other names.</summary>
    public string? OfJob(string name) =>
        name.StartsWith("RawParam.", StringComparison.Ordinal) ? _raw.GetValueOrDefault(name["RawParam.".Length..])
        : name.StartsWith("Param.", StringComparison.Ordinal) && !_mapped.ContainsKey(name["Param.".Length..]) ? _raw.GetValueOrDefault(name["Param.".Length..])
        : null;

    private void Take(JobParameter parameter, string value, VariableReplacer paths)
    {
        _raw[parameter.Name] = value;
        if (parameter.Type == ParameterType.Path) _mapped[parameter.Name] = paths.Replace(value);
    }

    private static (string? Value, string? Problem) ReadOne(JobParameter parameter, JsonNode? node)
    {
        if (node is null)
        {
            return parameter.Default is { } standard ? (standard, null)
                : (null, $"is missing{(parameter.Description is { } description ? $": {FirstSentence(description)}" : "")}");
        }

        var text = node.GetValueKind() switch
        {
            JsonValueKind.String => node.GetValue<string>(),
            JsonValueKind.Number => node.ToJsonString(),
            JsonValueKind.True or JsonValueKind.False => node.GetValueKind() == JsonValueKind.True ? "true" : "false",
            _ => null,
        };
        if (text is null) return (null, "must be a text or a number");
        if (parameter.Type is ParameterType.Int or ParameterType.Float)
        {
            if (Number(parameter.Type, text) is not { } plain)
                return (null, $"must be a {(parameter.Type == ParameterType.Int ? "whole " : "")}number, but is \"{text}\"");
            text = parameter.AllowedValues?.FirstOrDefault(allowed => ParameterRules.IsSame(parameter, allowed, plain)) ?? plain;
        }
        else if (parameter is { Control: ParameterControl.CheckBox, AllowedValues: { } pair } && !pair.Contains(text)
            && bool.TryParse(text, out var isChecked) && UserInterfaceReader.Yes(pair) is { } yes)
        {
            text = isChecked ? yes : pair.First(word => word != yes);
        }

        return (text, ParameterRules.Check(parameter, text));
    }

    /// <summary>Accepts 5.0 for 5, because some clients have only one number type.</summary>
    private static string? Number(ParameterType type, string text) => Numbers.Of(type, text)
        ?? (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == decimal.Truncate(number)
            ? Numbers.Integer(decimal.Truncate(number).ToString(CultureInfo.InvariantCulture))
            : null);

    private static string FirstSentence(string description)
    {
        var line = description.Trim().Split('\n')[0].Trim();
        return line.TrimEnd('.');
    }
}
