using System.Text.Json.Nodes;
using Farm.Server.Domain.Variables;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.JobTypes.OpenJobDescription.Model;

namespace Farm.Server.JobTypes.OpenJobDescription.Compiling;

/// <summary>
/// A step whose tasks need a session: they are <c>openjd-run</c> commands, which only Farm's own worker supports. Common parameters are stored
/// once per step. Strings are in nested objects, where variables are not expanded; paths are at the top level, where they are.
/// </summary>
internal static class SessionStep
{
    /// <summary>The command, and the task type if the template does not require one.</summary>
    public const string CommandName = "openjd-run", TaskType = "openjd";

    /// <summary>Task progress is reported in percent.</summary>
    public const int StepsPerTask = 100;

    /// <summary>The parameters common to all tasks of the step.</summary>
    public static JsonObject Shared(JobTemplate template, StepTemplate step, ParameterValues values, IReadOnlyList<BoundVariable> rules)
    {
        var environments = template.Environments.Concat(step.Environments).ToList();
        var referred = References(environments, step.Script).ToHashSet();
        var shared = new JsonObject
        {
            ["session"] = new JsonObject
            {
                ["environments"] = new JsonArray([.. environments.Select(Environment)]),
                ["run"] = Action(step.Script.OnRun),
                ["files"] = Files(step.Script.Files),
            },
            ["values"] = new JsonObject(referred.Where(name => values.OfJob(name) is not null).Order(StringComparer.Ordinal)
                .Select(name => KeyValuePair.Create(name, (JsonNode?)values.OfJob(name)))),
        };
        var paths = values.MappedPaths.Where(path => referred.Contains($"Param.{path.Key}")).ToList();
        if (paths.Count > 0)
        {
            shared["path_names"] = new JsonArray([.. paths.Select(path => JsonValue.Create($"Param.{path.Key}"))]);
            shared["paths"] = new JsonArray([.. paths.Select(path => JsonValue.Create(path.Value))]);
        }

        if (rules.Count > 0 && referred.Any(name => name.StartsWith("Session.", StringComparison.Ordinal) && name.Contains("PathMapping", StringComparison.Ordinal)))
        {
            shared["mapping"] = new JsonObject { ["sources"] = new JsonArray([.. rules.Select(rule => JsonValue.Create(rule.Value))]) };
            shared["mapping_targets"] = new JsonArray([.. rules.Select(rule => JsonValue.Create($"{{{rule.Name}}}"))]);
        }

        return shared;
    }

    /// <summary>The command of one task, without the common parameters.</summary>
    public static CommandDraft Command(IReadOnlyList<KeyValuePair<string, string>> point, IReadOnlyDictionary<string, string> mapped)
    {
        var parameters = new JsonObject();
        if (point.Count > 0) parameters["task"] = new JsonObject(point.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)value.Value)));
        if (mapped.Count > 0)
        {
            parameters["task_path_names"] = new JsonArray([.. mapped.Select(path => JsonValue.Create(path.Key))]);
            parameters["task_paths"] = new JsonArray([.. mapped.Select(path => JsonValue.Create(path.Value))]);
        }

        return new CommandDraft(CommandName, parameters, StepsPerTask);
    }

    private static IEnumerable<string> References(IEnumerable<JobEnvironment> environments, StepScript script) =>
        environments.SelectMany(Texts).Concat(Texts(script.OnRun)).Concat(script.Files.Select(file => file.Data)).SelectMany(text => text.References);

    private static IEnumerable<FormatString> Texts(JobEnvironment environment) =>
        Texts(environment.OnEnter).Concat(Texts(environment.OnExit)).Concat(environment.Files.Select(file => file.Data))
            .Concat(environment.Variables.Select(variable => variable.Value));

    private static IEnumerable<FormatString> Texts(TemplateAction? action) => action is null ? [] : [action.Command, .. action.Arguments];

    private static JsonObject Environment(JobEnvironment environment)
    {
        var json = new JsonObject { ["name"] = environment.Name };
        if (environment.Variables.Count > 0)
            json["variables"] = new JsonObject(environment.Variables.Select(variable => KeyValuePair.Create(variable.Key, (JsonNode?)variable.Value.Text)));
        if (environment.OnEnter is { } enter) json["enter"] = Action(enter);
        if (environment.OnExit is { } exit) json["exit"] = Action(exit);
        if (environment.Files.Count > 0) json["files"] = Files(environment.Files);
        return json;
    }

    private static JsonObject Action(TemplateAction action)
    {
        var json = new JsonObject
        {
            ["command"] = action.Command.Text,
            ["args"] = new JsonArray([.. action.Arguments.Select(argument => JsonValue.Create(argument.Text))]),
        };
        if (action.TimeoutSeconds is { } timeout) json["timeout"] = timeout;
        if (action.Cancelation.NotifySeconds is { } notify) json["notify"] = notify;
        return json;
    }

    private static JsonArray Files(IReadOnlyList<EmbeddedFile> files) => new([.. files.Select(file =>
    {
        var json = new JsonObject { ["name"] = file.Name };
        if (file.FileName is { } name) json["filename"] = name;
        if (file.IsRunnable) json["runnable"] = true;
        json["data"] = file.Data.Text;
        return json;
    })]);
}
