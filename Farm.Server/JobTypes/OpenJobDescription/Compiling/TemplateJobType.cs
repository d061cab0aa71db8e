using System.Text.Json.Nodes;
using Farm.Server.Domain.Variables;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.JobTypes.OpenJobDescription.Model;
using Farm.Server.JobTypes.OpenJobDescription.Reading;

namespace Farm.Server.JobTypes.OpenJobDescription.Compiling;

/// <summary>A job type defined by an Open Job Description template.</summary>
internal sealed class TemplateJobType : IJobType
{
    private readonly JobTemplate _template;
    private readonly string _text;
    private readonly bool _isJson;

    /// <summary>Creates the type from a parsed template.</summary>
    /// <param name="name">The name used in submissions.</param>
    /// <param name="text">The template file's content, which is stored with each job.</param>
    /// <param name="isJson">True for JSON, false for YAML.</param>
    /// <param name="template">The parsed text.</param>
    public TemplateJobType(string name, string text, bool isJson, JobTemplate template)
    {
        (_template, _text, _isJson) = (template, text, isJson);
        var label = template.Name.IsLiteral ? template.Name.Text : name;
        Info = new JobTypeInfo(name, label, template.Description?.Trim(), ParameterSettings.Of(template)) { Content = text };
    }

    /// <inheritdoc/>
    public JobTypeInfo Info { get; }

    /// <summary>Compiles a stored submission again with the template stored with it.</summary>
    /// <exception cref="JobCompilationException">The stored data cannot be read, or the job can no longer be compiled.</exception>
    public static JobDraft CompileAgain(JobSubmission submission)
    {
        var source = TemplateSource.Read(submission.Source!);
        if (TemplateReader.Read(source.Text, source.IsJson) is not { Template: { } template })
            throw new JobCompilationException("The template that this job was made of can no longer be read by this version of the farm.");
        var type = new TemplateJobType(submission.Type, source.Text, source.IsJson, template);
        return type.Compile(submission with { Source = null, Submitted = new JobSettings(source.Submitted), PathRules = source.PathRules });
    }

    /// <inheritdoc/>
    public JobDraft Compile(JobSubmission submission)
    {
        var submitted = (submission.Submitted ?? submission.Settings).Values;
        var values = ParameterValues.Read(_template, submitted, new VariableReplacer(submission.PathRules));
        var name = JobName(submission, values);
        var compiler = new StepCompiler(_template, values, submission.PathRules);
        List<StageDraft> stages = [];
        var (tasks, steps) = (0L, 0L);
        var ordered = InOrder(_template.Steps);
        foreach (var step in ordered)
        {
            int[] on = [.. step.Dependencies.Select(dependency => ordered.FindIndex(other => other.Name == dependency)).Order()];
            var (stage, stageTasks, stageSteps) = compiler.Compile(step, on);
            stages.Add(stage);
            tasks += stageTasks;
            steps += stageSteps;
            JobLimits.CheckTaskCount(tasks, "Choose fewer values for the task parameters.");
        }

        var source = new TemplateSource(_text, _isJson, submitted, submission.PathRules);
        return new JobDraft(name, new JobSettings(Settings(values)), stages, tasks, steps) { Source = source.Write() };
    }

    private string JobName(JobSubmission submission, ParameterValues values)
    {
        // Without a name of its own, the job gets the name from the template.
        if (submission.Name.Length > 0 && submission.Name != submission.Type) return submission.Name;
        var name = _template.Name.Resolve(values.OfJob);
        return (TextRules.Between(name, 1, TextRules.MostOfJobName) ?? TextRules.NoControls(name)) is { } problem
            ? throw new JobCompilationException($"The name of the job would be \"{name}\", which {problem}.")
            : name;
    }

    /// <summary>The effective values, including defaults, with variables in paths.</summary>
    private JsonObject Settings(ParameterValues values) => new(_template.Parameters.Select(parameter => KeyValuePair.Create(
        parameter.Name, (JsonNode?)Setting(parameter, values.MappedPaths.GetValueOrDefault(parameter.Name) ?? values.Raw[parameter.Name]))));

    private static JsonNode Setting(JobParameter parameter, string value) =>
        parameter.Type is ParameterType.Int or ParameterType.Float ? JsonNode.Parse(JsonNumber(value))! : JsonValue.Create(value);

    /// <summary>Converts a normalized number to JSON; only its exponent is written differently.</summary>
    private static string JsonNumber(string plain) => plain.Replace("E+", "e", StringComparison.Ordinal);

    /// <summary>Sorts steps so that each follows its dependencies; otherwise keeps the order of the template.</summary>
    private static List<StepTemplate> InOrder(IReadOnlyList<StepTemplate> steps)
    {
        List<StepTemplate> ordered = [];
        var left = steps.ToList();
        while (left.Count > 0)
        {
            var next = left.First(step => step.Dependencies.All(on => ordered.Any(done => done.Name == on)));
            ordered.Add(next);
            left.Remove(next);
        }

        return ordered;
    }
}
