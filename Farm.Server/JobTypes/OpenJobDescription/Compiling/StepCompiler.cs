using Farm.Server.Domain.Variables;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.JobTypes.OpenJobDescription.Model;
using Farm.Server.JobTypes.OpenJobDescription.Reading;

namespace Farm.Server.JobTypes.OpenJobDescription.Compiling;

/// <summary>Compiles a step into a stage.</summary>
/// <param name="template">The template.</param>
/// <param name="values">The values of its parameters.</param>
/// <param name="rules">The two-way variables of the submitter's platform.</param>
internal sealed class StepCompiler(JobTemplate template, ParameterValues values, IReadOnlyList<BoundVariable> rules)
{
    /// <summary>Task types of Flamenco workers, which do not support <c>openjd-run</c>.</summary>
    private static readonly string[] TypesOfOtherWorkers = ["blender", "ffmpeg", "file-management", "misc"];

    private readonly VariableReplacer _paths = new(rules);

    /// <summary>Compiles the step; also returns the number of its tasks and their steps.</summary>
    /// <param name="step">The step.</param>
    /// <param name="dependsOn">Indexes of the stages that it depends on.</param>
    /// <exception cref="JobCompilationException">The values are invalid for this step, or it makes too many tasks.</exception>
    public (StageDraft Stage, long Tasks, long Steps) Compile(StepTemplate step, IReadOnlyList<int> dependsOn)
    {
        var space = StepSpace.Of(step, values);
        var count = space?.Count ?? 1;
        JobLimits.CheckTaskCount(count, $"Choose fewer values for the task parameters of step \"{step.Name}\".");
        var asked = Required(step, step.Requirements.TaskType, "task type")?.ToLowerInvariant();
        var tag = Required(step, step.Requirements.WorkerTag, "worker tag");
        var pathNames = (step.Space?.Parameters ?? []).Where(parameter => parameter.Type == ParameterType.Path).Select(parameter => parameter.Name).ToHashSet();
        // A mapped path may be longer or shorter.
        TaskBounds? Bounds(StepTasks tasks) => pathNames.Count == 0 ? tasks.Bounds : null;
        if (asked != SessionStep.TaskType && PlainStep.IsPlain(template, step, values))
        {
            var plain = new StepTasks(step.Name, space, point => PlainStep.Command(step, values, point, Mapped(point, pathNames)));
            return (Stage(step, asked ?? PlainStep.TaskType(step, values), dependsOn, plain, tag) with { Bounds = Bounds(plain) }, count, count);
        }

        if (asked is not null && TypesOfOtherWorkers.Contains(asked))
        {
            throw new JobCompilationException(
                $"Step \"{step.Name}\" requires the task type \"{asked}\", which Flamenco's workers have too, but needs a session, which only Farm's own "
                + $"worker has. Require another type, and give it to those workers with \"farm worker --types\".");
        }

        var tasks = new StepTasks(step.Name, space, point => SessionStep.Command(point, Mapped(point, pathNames)));
        var stage = Stage(step, asked ?? SessionStep.TaskType, dependsOn, tasks, tag) with
        {
            Shared = SessionStep.Shared(template, step, values, rules),
            Bounds = Bounds(tasks),
        };
        return (stage, count, count * SessionStep.StepsPerTask);
    }

    private static StageDraft Stage(StepTemplate step, string type, IReadOnlyList<int> dependsOn, StepTasks tasks, string? tag) =>
        new(step.Name, type, JobLimits.TaskPriority, dependsOn, tasks) { WorkerTag = tag };

    private Dictionary<string, string> Mapped(IReadOnlyList<KeyValuePair<string, string>> point, HashSet<string> paths) =>
        paths.Count == 0 ? [] : point.Where(value => paths.Contains(value.Key)).ToDictionary(value => value.Key, value => _paths.Replace(value.Value));

    private string? Required(StepTemplate step, FormatString? wanted, string what)
    {
        if (wanted?.Resolve(values.OfJob) is not { } value) return null;
        return HostRequirementReader.CheckValue(value) is { } problem
            ? throw new JobCompilationException($"Step \"{step.Name}\" requires the {what} \"{value}\", which {problem}.")
            : value;
    }
}
