using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.JobTypes.FlowServ.Templates;

/// <summary>Reads the steps of a template. Only container steps are run (Contracts/FlowServ/Contract.md section 6.5).</summary>
internal static class StepReader
{
    private static readonly string[] Code = ["func", "arg", "variables"];
    private static readonly string[] Notebook = ["notebook", "output", "params", "requirements"];

    /// <summary>Reads a step.</summary>
    /// <exception cref="FarmException">The step is invalid or of a kind that Farm does not run.</exception>
    public static TemplateStep Read(PyValue value, int index, IReadOnlyList<Parameter> parameters)
    {
        var where = value is PyMap named && named["name"] is PyText text ? $"step '{text.Value}'" : $"step {index + 1}";
        var step = ClosedMap.Of(value, where, "name", "files", "action");
        var name = step.Needed("name");
        var outputs = step.Value("files") is { } files
            ? OutputReader.Paths(ClosedMap.Of(files, $"'files' of {where}", "inputs", "outputs"), where)
            : [];
        return step.Value("action") switch
        {
            null => throw FarmException.Invalid($"{where} has no 'action'"),
            PyText action => new TemplateStep(name, null, Actor(action.Value, where, parameters), outputs),
            var action => new TemplateStep(name, Container(action, where), null, outputs),
        };
    }

    /// <summary>Reads the action of a step.</summary>
    /// <exception cref="FarmException">The value is not a container action.</exception>
    public static ContainerAction Container(PyValue value, string where)
    {
        if (value is PyMap map && map.Entries.FirstOrDefault(entry => Code.Contains(entry.Key) || Notebook.Contains(entry.Key)).Key is { } kind)
        {
            throw FarmException.Invalid(
                $"{where} is a {(Code.Contains(kind) ? "code" : "notebook")} step ('{kind}'); this farm runs steps with an 'environment' and 'commands'");
        }

        var action = ClosedMap.Of(value, $"'action' of {where}", "environment", "commands");
        var environment = action.Needed("environment");
        return action.Value("commands") is null
            ? throw FarmException.Invalid($"'action' of {where} has no 'commands'")
            : new ContainerAction(environment, action.Texts("commands"));
    }

    private static string Actor(string action, string where, IReadOnlyList<Parameter> parameters)
    {
        if (Placeholder.Parse(action) is not { IsChoice: false } placeholder)
            throw FarmException.Invalid($"'action' of {where} must be a mapping or a placeholder like $[[name]]");
        var actor = parameters.First(parameter => parameter.Name == placeholder.Name);
        if (actor.Type != ParameterType.Actor) throw FarmException.Invalid($"'action' of {where} refers to '{actor.Name}', which is no actor");
        if (actor.DefaultValue is { } value) Container(value, $"parameter '{actor.Name}'");
        return actor.Name;
    }
}
