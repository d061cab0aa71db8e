using Farm.Server.JobTypes.OpenJobDescription.Model;

namespace Farm.Server.JobTypes.OpenJobDescription.Reading;

/// <summary>Reads job templates of the Open Job Description specification, revision 2023-09, and checks every rule of its schema.</summary>
internal static class TemplateReader
{
    private const string Version = "jobtemplate-2023-09";
    private const int MostParameters = 50;

    /// <summary>Reads a template; the result lists all problems.</summary>
    /// <param name="text">The content of the file.</param>
    /// <param name="isJson">True for JSON, false for YAML.</param>
    public static TemplateReading Read(string text, bool isJson)
    {
        List<TemplateProblem> problems = [];
        try
        {
            var root = isJson ? JsonNodes.Read(text) : YamlNodes.Read(text);
            var template = ReadRoot(new ObjectReader(root, "", problems));
            return new TemplateReading(problems.Count == 0 ? template : null, [.. problems.OrderBy(problem => problem.Line)]);
        }
        catch (TemplateSyntaxException broken)
        {
            return new TemplateReading(null, [new TemplateProblem(broken.Line, "", broken.Message)]);
        }
    }

    private static JobTemplate? ReadRoot(ObjectReader reader)
    {
        var version = reader.Text("specificationVersion", CheckVersion, isRequired: true);
        // The rules for the rest depend on the version.
        if (version is null && reader.Find("specificationVersion") is { Kind: NodeKind.Text }) return null;
        _ = reader.Find("$schema");
        var description = reader.Text("description", TextRules.Description);
        var parameters = ReadParameters(reader);
        var job = Symbols.OfJob(parameters);
        var session = Symbols.OfSession(parameters);
        var name = reader.Format("name", job, TextRules.JobName, isRequired: true);
        if (name is { IsLiteral: true } && TextRules.Between(name.Text, 1, TextRules.MostOfJobName) is { } problem) reader.Refuse("name", problem);
        var environments = ReadEnvironments(reader, "jobEnvironments", session, []);
        var steps = StepReader.ReadAll(reader, job, session, environments);
        reader.RefuseOthers("a job template");
        return name is null ? null : new JobTemplate(name, description, parameters, environments, steps);
    }

    /// <summary>Reads the environments in a property; their names must be unique and not taken.</summary>
    public static List<JobEnvironment> ReadEnvironments(ObjectReader reader, string property, Symbols session, IReadOnlyList<JobEnvironment> taken)
    {
        List<JobEnvironment> environments = [];
        foreach (var item in reader.List(property))
        {
            var one = reader.ObjectOf(item);
            if (ScriptReader.ReadEnvironment(one, session) is not { } environment) continue;
            if (taken.Any(other => other.Name == environment.Name)) one.Refuse("name", $"there is a job environment \"{environment.Name}\" already");
            else if (environments.Any(other => other.Name == environment.Name)) one.Refuse("name", $"there is another environment \"{environment.Name}\" in this list");
            environments.Add(environment);
        }

        return environments;
    }

    private static List<JobParameter> ReadParameters(ObjectReader reader)
    {
        List<JobParameter> parameters = [];
        foreach (var item in reader.List("parameterDefinitions", 1, MostParameters))
        {
            var one = reader.ObjectOf(item);
            if (ParameterReader.Read(one) is not { } parameter) continue;
            if (parameters.Any(other => other.Name == parameter.Name)) one.Refuse("name", $"there is another parameter \"{parameter.Name}\"");
            else parameters.Add(parameter);
        }

        return parameters;
    }

    private static string? CheckVersion(string version) => version switch
    {
        Version => null,
        _ when version.StartsWith("environment-", StringComparison.Ordinal) =>
            "this is an environment template; this farm takes job templates, whose jobEnvironments can hold the same",
        _ => $"must be {Version}, but is \"{version}\"",
    };
}
