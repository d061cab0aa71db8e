using System.Text.Json.Nodes;
using Farm.Server.JobTypes;
using Farm.Server.JobTypes.Drafts;

namespace Farm.Tests.Support;

/// <summary>A job type for tests, with stages defined by the setting <c>stages</c> as <c>type:count[:priority[:dependencies]]</c>.</summary>
internal sealed class StagedJobType : IJobType
{
    public const string Name = "staged";

    public JobTypeInfo Info { get; } = new(Name, "Staged", null, [new("stages", JobSettingType.String) { Required = true }]);

    public JobDraft Compile(JobSubmission submission)
    {
        var stages = ((string)submission.Settings.Values["stages"]!).Split(' ').Select(Stage).ToList();
        var tasks = stages.Sum(stage => stage.Count);
        return new JobDraft(
            submission.Name, new JobSettings(submission.Settings.Copy()), [.. stages.Select(stage => stage.Draft)], tasks, tasks * 2L);
    }

    private static (StageDraft Draft, int Count) Stage(string text, int number)
    {
        var parts = text.Split(':');
        var count = int.Parse(parts[1]);
        var priority = parts.Length > 2 && parts[2] != "" ? int.Parse(parts[2]) : 50;
        int[] on = parts.Length > 3 ? [.. parts[3].Split(',').Select(int.Parse)] : [];
        var tasks = Enumerable.Range(0, count).Select(i => new TaskDraft(
            $"s{number}-{i}", [new CommandDraft("echo", new JsonObject { ["message"] = $"{number}/{i}" }, 2)]));
        return (new StageDraft($"s{number}", parts[0], priority, on, tasks), count);
    }
}
