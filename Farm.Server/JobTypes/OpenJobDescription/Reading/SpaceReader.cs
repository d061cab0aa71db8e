using Farm.Server.JobTypes.OpenJobDescription.Model;
using Farm.Server.JobTypes.OpenJobDescription.Spaces;

namespace Farm.Server.JobTypes.OpenJobDescription.Reading;

/// <summary>Reads parameter spaces (section 3.4).</summary>
internal static class SpaceReader
{
    private const int MostParameters = 16;
    private const int MostValues = 1024;

    private static readonly string[] Types = ["INT", "FLOAT", "STRING", "PATH"];

    /// <summary>Reads a parameter space; returns null if it is invalid.</summary>
    public static SpaceDefinition? Read(ObjectReader reader, Symbols job)
    {
        List<TaskParameter> parameters = [];
        var items = reader.List("taskParameterDefinitions", 1, MostParameters, isRequired: true);
        var areAllRead = items.Count > 0;
        foreach (var item in items)
        {
            var one = reader.ObjectOf(item);
            if (ReadParameter(one, job) is not { } parameter) areAllRead = false;
            else if (parameters.Any(other => other.Name == parameter.Name)) one.Refuse("name", $"there is another task parameter \"{parameter.Name}\" in this step");
            else parameters.Add(parameter);
        }

        var text = reader.Text("combination", _ => null);
        reader.RefuseOthers("a parameter space");
        if (!areAllRead) return null;
        try
        {
            var names = parameters.Select(parameter => parameter.Name).ToList();
            var space = new SpaceDefinition(parameters, text is null ? Combination.OfAll(names) : CombinationParser.Parse(text, names));
            CheckCounts(space);
            return space;
        }
        catch (FormatException broken)
        {
            reader.Refuse(text is null ? "taskParameterDefinitions" : "combination", broken.Message);
            return null;
        }
    }

    /// <summary>The names of task parameters, including invalid ones, for references in scripts.</summary>
    public static IEnumerable<string> Names(TemplateNode? space) =>
        space?.Entries.FirstOrDefault(entry => entry.Name == "taskParameterDefinitions").Value is not { } list ? [] : list.Items
            .SelectMany(item => item.Entries).Where(entry => entry is { Name: "name", Value.Kind: NodeKind.Text }).Select(entry => entry.Value.Text);

    private static TaskParameter? ReadParameter(ObjectReader reader, Symbols job)
    {
        var name = reader.Text("name", TextRules.Identifier, isRequired: true);
        var word = reader.Word("type", Types, isRequired: true);
        var range = reader.Find("range", isRequired: true);
        reader.RefuseOthers("a task parameter");
        if (word is null || range is null) return null;
        var type = Enum.Parse<ParameterType>(word, ignoreCase: true);
        if (type == ParameterType.Int && range.Kind == NodeKind.Text)
            return ReadExpression(reader, range, job) is { } expression && name is not null ? new TaskParameter(name, type, [], expression) : null;
        if (type == ParameterType.Int && range.Kind != NodeKind.List)
        {
            reader.Refuse("range", $"must be a list or a range expression such as \"1-10\", but is {range.KindName}");
            return null;
        }

        var items = reader.List("range", 1, MostValues);
        var values = items.Select(item => ReadValue(reader, type, item, job)).ToList();
        return name is null || values.Count == 0 || values.Contains(null) ? null : new TaskParameter(name, type, values!, null);
    }

    private static FormatString? ReadExpression(ObjectReader reader, TemplateNode node, Symbols job)
    {
        if (reader.FormatOf(node, reader.At("range"), job, text => TextRules.Between(text, 1, int.MaxValue)) is not { } expression) return null;
        try
        {
            if (expression.IsLiteral) IntRange.Parse(expression.Text);
            return expression;
        }
        catch (FormatException broken)
        {
            reader.Refuse("range", broken.Message);
            return null;
        }
    }

    private static FormatString? ReadValue(ObjectReader reader, ParameterType type, (TemplateNode Node, string Path) item, Symbols job)
    {
        var (node, path) = item;
        var isNumeric = type is ParameterType.Int or ParameterType.Float;
        if (isNumeric && node.Kind is NodeKind.Integer or NodeKind.Float)
        {
            if (Numbers.Of(type, node.Text) is { } plain) return FormatString.Parse(plain);
            reader.Refuse(node.Line, path, ParameterReader.NotANumber(type, node));
            return null;
        }

        // The length limit applies to the resolved value, so only literals can be checked here.
        if (reader.FormatOf(node, path, job, text => TextRules.Between(text, 1, int.MaxValue)) is not { } value) return null;
        if (!value.IsLiteral) return value;
        var problem = TextRules.Value(value.Text) ?? (isNumeric && Numbers.Of(type, value.Text) is null ? ParameterReader.NotANumber(type, node) : null);
        if (problem is null) return isNumeric ? FormatString.Parse(Numbers.Of(type, value.Text)!) : value;
        reader.Refuse(node.Line, path, problem);
        return null;
    }

    /// <summary>Checks the lengths of associations, if the number of values does not depend on the submission.</summary>
    private static void CheckCounts(SpaceDefinition space)
    {
        if (space.Parameters.Any(parameter => parameter.Expression is { IsLiteral: false })) return;
        _ = new ParameterSpace(space.Combination, space.Parameters.ToDictionary(
            parameter => parameter.Name,
            parameter => new AxisValues(parameter.Expression is { } range ? IntRange.Parse(range.Text).Count : parameter.Values.Count, _ => "", "", "")));
    }
}
