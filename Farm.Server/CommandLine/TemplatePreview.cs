using Farm.Server.JobTypes;
using Farm.Server.JobTypes.Drafts;

namespace Farm.Server.CommandLine;

/// <summary>Formats the job that a submission would create.</summary>
internal static class TemplatePreview
{
    /// <summary>The job, its steps and the first of their tasks.</summary>
    /// <param name="type">The job type.</param>
    /// <param name="arguments">Texts like <c>frames=1-10</c>.</param>
    /// <param name="name">The job's name; null for the job type's default.</param>
    /// <param name="mostTasks">How many tasks of each step.</param>
    /// <exception cref="CommandFailedException">The arguments are invalid.</exception>
    public static IEnumerable<string> Lines(IJobType type, IEnumerable<string> arguments, string? name, int mostTasks)
    {
        var draft = Compile(type, arguments, name);
        yield return $"{draft.Name}: {Count(draft.TaskCount, "task")} in {Count(draft.Stages.Count, "step")}";
        foreach (var stage in draft.Stages)
        {
            var tasks = (IReadOnlyList<TaskDraft>)stage.Tasks;
            yield return "";
            var after = stage.DependsOn.Count == 0 ? "" : $", after {string.Join(", ", stage.DependsOn.Select(on => draft.Stages[on].Name))}";
            var tag = stage.WorkerTag is null ? "" : $", for workers with the tag {stage.WorkerTag}";
            yield return $"{stage.Name}: {Count(tasks.Count, "task")} of type {stage.TaskType}{after}{tag}";
            for (var index = 0; index < Math.Min(mostTasks, tasks.Count); index++)
            {
                yield return $"  {tasks[index].Name}";
                foreach (var line in CommandLines.Of(stage, tasks[index])) yield return $"    {line.ReplaceLineEndings(" ")}";
            }

            if (tasks.Count > mostTasks) yield return $"  … and {tasks.Count - mostTasks} more";
        }
    }

    private static JobDraft Compile(IJobType type, IEnumerable<string> arguments, string? name)
    {
        var settings = SettingArguments.Read(JobTypeJson.Write(type.Info), arguments);
        try
        {
            return type.Compile(new JobSubmission(
                Guid.Empty, name ?? "", type.Info.Name, 50, new JobSettings(settings), new Dictionary<string, string>(), DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc, ""));
        }
        catch (JobCompilationException refused)
        {
            throw new CommandFailedException(refused.Message, refused);
        }
    }

    private static string Count(long number, string thing) => number == 1 ? $"1 {thing}" : $"{number} {thing}s";
}
