using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Farm.Server.JobTypes.Authoring;
using Farm.Server.JobTypes.Drafts;

namespace Farm.Server.JobTypes.BuiltIn;

/// <summary>Runs a program for each chunk of frames, with an argument list and never through a shell.</summary>
internal sealed partial class CommandLineJob : IJobType
{
    private const string TaskType = "misc";
    private const int MostDigits = 10;

    /// <summary>The name of the type in submissions.</summary>
    public const string Name = "command-line";

    /// <inheritdoc/>
    public JobTypeInfo Info { get; } = new(
        Name,
        "Command Line",
        "Runs a program for each chunk of frames.",
        [
            new("executable", JobSettingType.String) { Required = true, Description = "The program" },
            new("arguments", JobSettingType.String)
            {
                Default = "",
                Description = "Its arguments. <STARTFRAME> and <ENDFRAME> become the frames of the task, <STARTFRAME%4> with four digits, <QUOTE> a quote",
            },
            new("frames", JobSettingType.String) { Default = "0", Description = "Frames, for example 1-24 or 1, 5..8" },
            new("chunk_size", JobSettingType.Int32)
            {
                Default = 1,
                PropArgs = new() { ["min"] = 1 },
                Description = "Number of frames for each run of the program",
            },
            new("artifacts", JobSettingType.String)
            {
                Default = "",
                Description = "Files that each run writes, to be kept with the job: paths or patterns such as /render/<STARTFRAME%4>*.png, several with "
                    + "blanks between them. They are sent by the farm's own workers",
            },
        ]);

    /// <inheritdoc/>
    public JobDraft Compile(JobSubmission submission)
    {
        var settings = new SettingsReader(submission.Settings.Values);
        var executable = settings.RequiredText("executable", "it says which program to run");
        var chunkSize = settings.Int32("chunk_size", least: 1) ?? 1;
        var frames = FrameSettings.ReadFrames(settings.OptionalText("frames") ?? "0", chunkSize);
        var tasks = frames.Runs.Sum(run => (run.Count - 1) / chunkSize + 1);
        JobLimits.CheckTaskCount(tasks, "Choose fewer frames or a larger chunk_size.");
        var arguments = Words("arguments", settings.OptionalText("arguments") ?? "");
        var artifacts = Words("artifacts", settings.OptionalText("artifacts") ?? "");
        var stage = new StageDraft(
            "run", TaskType, JobLimits.TaskPriority, [], Chunks(frames, chunkSize).Select(chunk => RunTask(executable, arguments, artifacts, chunk)))
        {
            // Tasks differ only in their frame numbers, which have more digits towards the end.
            Bounds = new TaskBounds(
                tasks,
                () => RunTask(executable, arguments, artifacts, new FrameRun(frames.First, frames.First)),
                () => RunTask(executable, arguments, artifacts, new FrameRun(frames.Last, frames.Last))),
        };
        var steps = tasks * (artifacts.Count > 0 ? 2 : 1);
        return new JobDraft(submission.Name, new JobSettings(submission.Settings.Copy()), [stage], tasks, steps);
    }

    private static IReadOnlyList<string> Words(string setting, string text)
    {
        try
        {
            return CommandLineWords.Split(text.Replace("<QUOTE>", "\"", StringComparison.OrdinalIgnoreCase));
        }
        catch (FormatException broken)
        {
            throw new JobCompilationException($"Setting \"{setting}\": {broken.Message}.", broken);
        }
    }

    /// <summary>Chunks never span gaps, because the program receives only the first and last frame.</summary>
    private static IEnumerable<FrameRun> Chunks(FrameRange frames, int size)
    {
        foreach (var run in frames.Runs)
        {
            for (long first = run.First; first <= run.Last; first += size)
                yield return new FrameRun((int)first, (int)Math.Min(run.Last, first + size - 1));
        }
    }

    private static TaskDraft RunTask(string executable, IReadOnlyList<string> arguments, IReadOnlyList<string> artifacts, FrameRun chunk)
    {
        var parameters = new JsonObject
        {
            ["exe"] = executable,
            ["args"] = Texts(arguments, chunk),
        };
        var run = new CommandDraft("exec", parameters, TotalStepCount: 0);
        var keep = new CommandDraft("upload-files", new JsonObject { ["files"] = Texts(artifacts, chunk) }, TotalStepCount: 0);
        return new TaskDraft($"run-{chunk.First}-{chunk.Last}", artifacts.Count > 0 ? [run, keep] : [run])
        {
            Frames = $"{chunk.First}-{chunk.Last}",
        };
    }

    private static JsonArray Texts(IReadOnlyList<string> texts, FrameRun chunk) =>
        new([.. texts.Select(text => JsonValue.Create(InsertFrames(text, chunk)))]);

    private static string InsertFrames(string argument, FrameRun chunk) => FramePattern().Replace(argument, match =>
    {
        var frame = match.Groups["which"].Value.Equals("START", StringComparison.OrdinalIgnoreCase) ? chunk.First : chunk.Last;
        var digits = match.Groups["digits"] is { Success: true, Value: var text } ? Math.Min(MostDigits, int.Parse(text, CultureInfo.InvariantCulture)) : 1;
        return frame.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    });

    [GeneratedRegex("<(?<which>START|END)FRAME(%(?<digits>[0-9]{1,2}))?>", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex FramePattern();
}
