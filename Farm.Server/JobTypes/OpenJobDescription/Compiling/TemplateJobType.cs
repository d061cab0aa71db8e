using System.Text.Json.Nodes;
using Farm.Server.Domain.Variables;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.JobTypes.OpenJobDescription.Model;
using Farm.Server.JobTypes.OpenJobDescription.Reading;

namespace Farm.Server.JobTypes.OpenJobDescription.Compiling;

/// <summary>A job type that is described by a template.</summary>
internal sealed class TemplateJobType : IJobType
{
    private readonly JobTemplate _template;
    private readonly string _text;
    private readonly bool _isJson;

    /// <summary>Makes the type of a template that was read.</summary>
    /// <param name="name">How submissions name it.</param>
    /// <param name="text">The content of its file, which each job keeps.</param>
    /// <param name="isJson">Whether the text is JSON; else it is YAML.</param>
    /// <param name="template">What was read from the text.</param>
    public TemplateJobType(string name, string text, bool isJson, JobTemplate template)
    {
        (_template, _text, _isJson) = (template, text, isJson);
        var label = template.Name.IsLiteral ? template.Name.Text : name;
        Info = new JobTypeInfo(name, label, template.Description?.Trim(), ParameterSettings.Of(template)) { Content = text };
    }

    /// <inheritdoc/>
    public JobTypeInfo Info { get; }

    /// <summary>Makes the job that a stored submission was made of, by the template as it was then.</summary>
    /// <exception cref="JobCompilationException">What is stored cannot be read, or the job cannot be made any more.</exception>
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
        // A job that was not given a name of its own has the one of the template.
        if (submission.Name.Length > 0 && submission.Name != submission.Type) return submission.Name;
        var name = _template.Name.Resolve(values.OfJob);
        return (TextRules.Between(name, 1, TextRules.MostOfJobName) ?? TextRules.NoControls(name)) is { } problem
            ? throw new JobCompilationException($"The name of the job would be \"{name}\", which {problem}.")
            : name;
    }

    /// <summary>All values as they are in force, defaults included, with variables in paths.</summary>
    private JsonObject Settings(ParameterValues values) => new(_template.Parameters.Select(parameter => KeyValuePair.Create(
        parameter.Name, (JsonNode?)Setting(parameter, values.MappedPaths.GetValueOrDefault(parameter.Name) ?? values.Raw[parameter.Name]))));

    private static JsonNode Setting(JobParameter parameter, string value) =>
        parameter.Type is ParameterType.Int or ParameterType.Float ? JsonNode.Parse(JsonNumber(value))! : JsonValue.Create(value);

    /// <summary>Plain forms of numbers are JSON but for E notation without digits after a point, which JSON knows as well.</summary>
    private static string JsonNumber(string plain) => plain.Replace("E+", "e", StringComparison.Ordinal);

    /// <summary>The steps, each after those that it waits for, else in the order of the template.</summary>
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
