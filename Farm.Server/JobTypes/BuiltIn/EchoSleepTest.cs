using System.Text.Json.Nodes;
using Farm.Server.JobTypes.Drafts;

namespace Farm.Server.JobTypes.BuiltIn;

/// <summary>Tests a farm without rendering: one task echoes a message, then others sleep (Contracts/Flamenco/Contract.md section 7.4).</summary>
internal sealed class EchoSleepTest : IJobType
{
    private const string TaskType = "misc";

    /// <inheritdoc/>
    public JobTypeInfo Info { get; } = new(
        "echo-sleep-test",
        "Echo Sleep Test",
        "Writes a message to a task log, then keeps workers asleep for a while. Shows that they get and report tasks.",
        [
            new("message", JobSettingType.String) { Required = true, Description = "Text that the first task writes to its log" },
            new("sleep_duration_seconds", JobSettingType.Int32) { Default = 1, Description = "How long each sleep task takes" },
            new("sleep_repeats", JobSettingType.Int32) { Default = 1, Description = "Number of sleep tasks" },
        ]);

    /// <inheritdoc/>
    public JobDraft Compile(JobSubmission submission)
    {
        var settings = new SettingsReader(submission.Settings.Values);
        var message = settings.OptionalText("message") ?? "";
        var seconds = settings.Int32("sleep_duration_seconds", least: 0) ?? 1;
        var repeats = settings.Int32("sleep_repeats", least: 0) ?? 1;
        JobLimits.CheckTaskCount(1L + repeats, "Choose a smaller sleep_repeats.");

        List<StageDraft> stages =
        [
            new("echo", TaskType, JobLimits.TaskPriority, [], [EchoTask(message)]) { Bounds = new(1, () => EchoTask(message), () => EchoTask(message)) },
        ];
        if (repeats > 0)
            stages.Add(new("sleep", TaskType, JobLimits.TaskPriority, [0], Enumerable.Range(0, repeats).Select(_ => SleepTask(seconds)))
            {
                Bounds = new(repeats, () => SleepTask(seconds), () => SleepTask(seconds)),
            });
        return new JobDraft(submission.Name, new JobSettings(submission.Settings.Copy()), stages, 1L + repeats, 1L + repeats);
    }

    private static TaskDraft EchoTask(string message) =>
        new("echo", [new("echo", new JsonObject { ["message"] = message }, TotalStepCount: 0)]);

    private static TaskDraft SleepTask(int seconds) =>
        new("sleep", [new("sleep", new JsonObject { ["duration_in_seconds"] = seconds }, TotalStepCount: 0)]);
}
