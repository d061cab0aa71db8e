using System.Text.Json.Nodes;
using Farm.Server.JobTypes;
using Farm.Server.JobTypes.BuiltIn;
using Farm.Server.JobTypes.Drafts;

namespace Farm.Tests.JobTypes;

/// <summary>Submissions to compile, and a comparable form of their jobs.</summary>
internal static class Submissions
{
    public static readonly JobTypeRegistry Registry = new(BuiltInJobTypes.All);

    /// <summary>Submitted at 09:00:00 UTC, which is 10:00:00 local time.</summary>
    public static JobSubmission Of(string type, string settings) => new(
        new Guid("c2a4f9f2-0a7e-4e0e-8a58-2b1f6a3d4e5f"),
        "Shot 10",
        type,
        Priority: 60,
        JobSettings.Parse(settings),
        new Dictionary<string, string> { ["user.name"] = "Ada" },
        new DateTimeOffset(2025, 1, 2, 9, 0, 0, TimeSpan.Zero),
        TimeZoneInfo.CreateCustomTimeZone("farm", TimeSpan.FromHours(1), "farm", "farm"),
        SubmitterPlatform: "linux");

    public static JobDraft Compile(string type, string settings) => Registry.Compile(Of(type, settings));

    /// <summary>The error message for the submitter.</summary>
    public static string Error(string type, string settings) =>
        Assert.Throws<JobCompilationException>(() => Compile(type, settings)).Message;

    /// <summary>The whole job including its tasks.</summary>
    public static JsonObject Show(JobDraft job) => new()
    {
        ["name"] = job.Name,
        ["settings"] = job.Settings.Copy(),
        ["taskCount"] = job.TaskCount,
        ["stepsTotal"] = job.StepsTotal,
        ["stages"] = new JsonArray([.. job.Stages.Select(Show)]),
    };

    private static JsonObject Show(StageDraft stage) => new()
    {
        ["name"] = stage.Name,
        ["taskType"] = stage.TaskType,
        ["priority"] = stage.Priority,
        ["dependsOn"] = new JsonArray([.. stage.DependsOn.Select(index => JsonValue.Create(index))]),
        ["tasks"] = new JsonArray([.. stage.Tasks.Select(Show)]),
    };

    private static JsonObject Show(TaskDraft task) => new()
    {
        ["name"] = task.Name,
        ["stepsTotal"] = task.StepsTotal,
        ["commands"] = new JsonArray(
        [
            .. task.Commands.Select(command => new JsonObject
            {
                ["name"] = command.Name,
                ["parameters"] = command.Parameters.DeepClone(),
                ["total_step_count"] = command.TotalStepCount,
            }),
        ]),
    };
}
