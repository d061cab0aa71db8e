using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.JobTypes.OpenJobDescription.Compiling;

namespace Farm.Server.JobTypes;

/// <summary>Formats task commands as readable lines.</summary>
internal static partial class CommandLines
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The commands of a task that is not stored yet.</summary>
    public static IEnumerable<string> Of(StageDraft stage, TaskDraft task) => task.Commands.SelectMany(command => Of(Whole(stage, command)));

    /// <summary>A command with all its parameters: a program as in a shell, anything else as its name and parameters.</summary>
    public static IEnumerable<string> Of(CommandDraft command) => command.Name switch
    {
        SessionStep.CommandName when command.Parameters["session"] is JsonObject session => OfSession(session, Values(command.Parameters)),
        "exec" when command.Parameters["exe"] is JsonValue exe && command.Parameters["args"] is JsonArray args =>
            [Typed([exe.ToString(), .. args.Select(argument => argument?.ToString() ?? "")])],
        _ => [string.Join(' ', [command.Name, .. command.Parameters.Select(parameter => $"{parameter.Key}={Json(parameter.Value)}")])],
    };

    /// <summary>JSON without needless escapes.</summary>
    public static string Json(JsonNode? value) => value?.ToJsonString(Readable) ?? "null";

    private static CommandDraft Whole(StageDraft stage, CommandDraft command)
    {
        if (stage.Shared is not { } shared) return command;
        var whole = shared.DeepClone().AsObject();
        foreach (var (name, value) in command.Parameters) whole[name] = value?.DeepClone();
        return command with { Parameters = whole };
    }

    private static IEnumerable<string> OfSession(JsonObject session, Dictionary<string, string> values)
    {
        var environments = session["environments"]!.AsArray().Select(environment => environment!.AsObject()).ToList();
        foreach (var environment in environments)
        {
            foreach (var (name, value) in environment["variables"]?.AsObject() ?? []) yield return $"set {name}={Filled(value!.ToString(), values)}";
            if (environment["enter"] is JsonObject enter) yield return $"enter {environment["name"]}: {Action(enter, values)}";
        }

        yield return $"run {Action(session["run"]!.AsObject(), values)}";
        foreach (var environment in environments.AsEnumerable().Reverse())
        {
            if (environment["exit"] is JsonObject exit) yield return $"exit {environment["name"]}: {Action(exit, values)}";
        }
    }

    private static string Action(JsonObject action, Dictionary<string, string> values) =>
        Typed([Filled(action["command"]!.ToString(), values), .. action["args"]!.AsArray().Select(argument => Filled(argument!.ToString(), values))]);

    private static Dictionary<string, string> Values(JsonObject parameters)
    {
        var values = new Dictionary<string, string>();
        foreach (var (name, value) in parameters["values"]?.AsObject() ?? []) values[name] = value!.ToString();
        foreach (var (name, value) in Pairs(parameters, "path_names", "paths")) values[name] = value;
        foreach (var (name, value) in parameters["task"]?.AsObject() ?? [])
            (values[$"Task.Param.{name}"], values[$"Task.RawParam.{name}"]) = (value!.ToString(), value!.ToString());
        foreach (var (name, value) in Pairs(parameters, "task_path_names", "task_paths")) values[$"Task.Param.{name}"] = value;
        return values;
    }

    private static IEnumerable<(string Name, string Value)> Pairs(JsonObject parameters, string names, string values) =>
        (parameters[names]?.AsArray() ?? []).Zip(parameters[values]?.AsArray() ?? []).Select(pair => (pair.First!.ToString(), pair.Second!.ToString()));

    private static string Filled(string text, Dictionary<string, string> values) =>
        ReferencePattern().Replace(text, match => values.GetValueOrDefault(match.Groups["name"].Value) ?? match.Value);

    private static string Typed(IEnumerable<string> words) => string.Join(' ', words.Select(Quoted));

    private static string Quoted(string word) => PlainPattern().IsMatch(word) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"\{\{\s*(?<name>[A-Za-z_][A-Za-z0-9_.]*)\s*\}\}")]
    private static partial Regex ReferencePattern();

    [GeneratedRegex(@"\A[A-Za-z0-9_@%+=:,./{}\\-]+\z")]
    private static partial Regex PlainPattern();
}
