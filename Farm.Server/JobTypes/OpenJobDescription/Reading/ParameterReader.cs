using Farm.Server.JobTypes.OpenJobDescription.Model;

namespace Farm.Server.JobTypes.OpenJobDescription.Reading;

/// <summary>Reads parameter definitions (section 2).</summary>
internal static class ParameterReader
{
    private static readonly string[] Types = ["STRING", "PATH", "INT", "FLOAT"];

    /// <summary>Returns the parameter despite other problems, so that references to it are known; null without a valid name and type.</summary>
    public static JobParameter? Read(ObjectReader reader)
    {
        var name = reader.Text("name", TextRules.Identifier, isRequired: true);
        var type = reader.Word("type", Types, isRequired: true);
        var description = reader.Text("description", TextRules.Description);
        if (type is null)
        {
            // The other properties depend on the type.
            return null;
        }

        var parameter = new JobParameter(name ?? "", Enum.Parse<ParameterType>(type, ignoreCase: true)) { Description = description };
        parameter = parameter.Type is ParameterType.String or ParameterType.Path ? ReadTexts(reader, parameter) : ReadNumbers(reader, parameter);
        if (reader.Object("userInterface") is { } hints) parameter = UserInterfaceReader.Read(hints, parameter);
        else parameter = parameter with { Control = UserInterfaceReader.DefaultControl(parameter, isOut: IsOut(reader)) };
        reader.RefuseOthers($"{type} parameters");
        return name is null ? null : parameter;
    }

    /// <summary>Whether a path parameter is an output of the job.</summary>
    private static bool IsOut(ObjectReader reader) => reader.Find("dataFlow") is { Text: "OUT" };

    private static JobParameter ReadTexts(ObjectReader reader, JobParameter parameter)
    {
        parameter = parameter with { MinLength = reader.Integer("minLength", 0), MaxLength = reader.Integer("maxLength", 0) };
        if (parameter is { MinLength: { } min, MaxLength: { } max } && min > max) reader.Refuse("minLength", $"is greater than maxLength, {max}");
        if (parameter.Type == ParameterType.Path)
        {
            parameter = parameter with { IsFile = reader.Word("objectType", ["FILE", "DIRECTORY"]) == "FILE" };
            reader.Word("dataFlow", ["NONE", "IN", "OUT", "INOUT"]);
        }

        parameter = parameter with { AllowedValues = Allowed(reader, item => reader.TextOf(item.Node, item.Path), parameter) };
        return reader.Find("default") is { } node && reader.TextOf(node, reader.At("default")) is { } text
            ? WithDefault(reader, node, text, parameter)
            : parameter;
    }

    private static JobParameter ReadNumbers(ObjectReader reader, JobParameter parameter)
    {
        string? Number((TemplateNode Node, string Path) item)
        {
            var plain = item.Node.Kind is NodeKind.Integer or NodeKind.Float or NodeKind.Text ? Numbers.Of(parameter.Type, item.Node.Text) : null;
            if (plain is null) reader.Refuse(item.Node.Line, item.Path, NotANumber(parameter.Type, item.Node));
            return plain;
        }

        string? Property(string name) => reader.Find(name) is { } node ? Number((node, reader.At(name))) : null;

        parameter = parameter with { MinValue = Property("minValue"), MaxValue = Property("maxValue") };
        if (parameter is { MinValue: { } min, MaxValue: { } max } && Numbers.Compare(min, max) > 0)
            reader.Refuse("minValue", $"is greater than maxValue, {max}");
        parameter = parameter with { AllowedValues = Allowed(reader, Number, parameter) };
        return Property("default") is { } value ? WithDefault(reader, reader.Find("default")!, value, parameter) : parameter;
    }

    /// <summary>The message for a node that should be a number.</summary>
    public static string NotANumber(ParameterType type, TemplateNode node) => type == ParameterType.Int
        ? $"must be a whole number of 64 bits, but is {Shown(node)}"
        : $"must be a number, but is {Shown(node)}";

    private static string Shown(TemplateNode node) => node.Kind == NodeKind.Text ? $"\"{node.Text}\"" : node.KindName;

    private static List<string>? Allowed(
        ObjectReader reader, Func<(TemplateNode Node, string Path), string?> read, JobParameter parameter)
    {
        if (!reader.Has("allowedValues")) return null;
        List<string> values = [];
        foreach (var item in reader.List("allowedValues", least: 1))
        {
            if (read(item) is not { } value) continue;
            if (ParameterRules.Check(parameter, value) is { } problem) reader.Refuse(item.Node.Line, item.Path, problem);
            else values.Add(value);
        }

        return values;
    }

    private static JobParameter WithDefault(ObjectReader reader, TemplateNode node, string value, JobParameter parameter)
    {
        if (ParameterRules.Check(parameter, value) is { } problem) reader.Refuse(node.Line, reader.At("default"), problem);
        return parameter with { Default = value };
    }
}
