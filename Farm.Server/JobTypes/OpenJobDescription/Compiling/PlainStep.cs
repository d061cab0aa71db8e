using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.JobTypes.OpenJobDescription.Model;

namespace Farm.Server.JobTypes.OpenJobDescription.Compiling;

/// <summary>
/// A step that only runs a program with arguments: its tasks are <c>exec</c> commands, which every Flamenco worker supports.
/// </summary>
internal static partial class PlainStep
{
    private const string AnyProgram = "misc";

    /// <summary>A placeholder for mapped paths while searching for variables.</summary>
    private const string SomePath = "\u0001";

    /// <summary>Programs with their own task type.</summary>
    private static readonly string[] ProgramTypes = ["blender", "ffmpeg"];

    /// <summary>
    /// Whether an <c>exec</c> command is enough: the step has no environments, files, session, timeout or notification before termination, no path
    /// that must stay unmapped, and no text that looks like a variable.
    /// </summary>
    public static bool IsPlain(JobTemplate template, StepTemplate step, ParameterValues values)
    {
        var action = step.Script.OnRun;
        if (template.Environments.Count > 0 || step.Environments.Count > 0 || step.Script.Files.Count > 0) return false;
        if (action.TimeoutSeconds is not null || action.Cancelation.NotifySeconds is not null) return false;
        var paths = (step.Space?.Parameters ?? []).Where(parameter => parameter.Type == ParameterType.Path).Select(parameter => parameter.Name).ToHashSet();
        return Texts(action).All(text => text.References.All(name => IsKnown(name, values, paths)) && !MayNameVariable(text, values));
    }

    /// <summary>The task type if the template does not require one.</summary>
    public static string TaskType(StepTemplate step, ParameterValues values)
    {
        var program = step.Script.OnRun.Command.Resolve(name => Value(name, values, [], new Dictionary<string, string>()));
        var name = program.Split('/', '\\')[^1].Trim('{', '}').ToLowerInvariant();
        return ProgramTypes.FirstOrDefault(type => name == type || name == $"{type}.exe") ?? AnyProgram;
    }

    /// <summary>The command of one task.</summary>
    public static CommandDraft Command(
        StepTemplate step, ParameterValues values, IReadOnlyList<KeyValuePair<string, string>> point, IReadOnlyDictionary<string, string> mapped)
    {
        var action = step.Script.OnRun;
        string? Find(string name) => Value(name, values, point, mapped);
        string Resolve(FormatString text) => text.Resolve(Find);
        JobLimits.CheckCommandLength(Texts(action).Sum(text => text.LengthOf(Find)));
        return new CommandDraft(
            "exec",
            new JsonObject
            {
                ["exe"] = Resolve(action.Command),
                ["args"] = new JsonArray([.. action.Arguments.Select(argument => JsonValue.Create(Resolve(argument)))]),
            },
            TotalStepCount: 0);
    }

    private static IEnumerable<FormatString> Texts(TemplateAction action) => [action.Command, .. action.Arguments];

    private static bool IsKnown(string name, ParameterValues values, HashSet<string> taskPaths) =>
        name.StartsWith("Task.Param.", StringComparison.Ordinal)
        || (name.StartsWith("Task.RawParam.", StringComparison.Ordinal) && !taskPaths.Contains(name["Task.RawParam.".Length..]))
        || name.StartsWith("Param.", StringComparison.Ordinal)
        || (name.StartsWith("RawParam.", StringComparison.Ordinal) && !values.MappedPaths.ContainsKey(name["RawParam.".Length..]));

    private static bool MayNameVariable(FormatString text, ParameterValues values) =>
        VariablePattern().IsMatch(text.Resolve(name => values.OfJob(name) ?? SomePath));

    private static string? Value(
        string name, ParameterValues values, IReadOnlyList<KeyValuePair<string, string>> point, IReadOnlyDictionary<string, string> mapped)
    {
        if (values.OfJob(name) is { } known) return known;
        if (name.StartsWith("Param.", StringComparison.Ordinal)) return values.MappedPaths.GetValueOrDefault(name["Param.".Length..]);
        if (!name.StartsWith("Task.", StringComparison.Ordinal)) return null;
        var own = name[(name.LastIndexOf('.') + 1)..];
        return mapped.GetValueOrDefault(own) ?? point.FirstOrDefault(value => value.Key == own).Value;
    }

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex VariablePattern();
}
