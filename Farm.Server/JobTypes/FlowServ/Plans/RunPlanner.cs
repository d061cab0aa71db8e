using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Arguments;
using Farm.Server.JobTypes.FlowServ.Templates;
using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.JobTypes.FlowServ.Plans;

/// <summary>Plans a run from a template, its static files and the arguments (Contracts/FlowServ/Contract.md sections 6.3 and 6.5).</summary>
internal static class RunPlanner
{
    /// <summary>Plans a run.</summary>
    /// <param name="template">The workflow.</param>
    /// <param name="parameters">The declarations for the run: those of the group if it overrides them, else those of the template.</param>
    /// <param name="arguments">The converted arguments.</param>
    /// <param name="staticFiles">The files of the workflow; an upload replaces the one at its target.</param>
    /// <exception cref="FarmException">A placeholder has no value, the paths of two files conflict, or the commands become too long.</exception>
    public static RunPlan Plan(
        WorkflowTemplate template, IReadOnlyList<Parameter> parameters, RunArguments arguments, IReadOnlyList<RunFile> staticFiles)
    {
        var values = new ParameterValues(parameters, arguments.Values);
        var variables = new Dictionary<string, string>();
        foreach (var (name, value) in template.Variables) variables[name] = PythonText.Str(values.Fill(value));
        var uploaded = arguments.Files.Select(file => file.Path).ToHashSet();
        List<RunFile> files = [.. staticFiles.Where(file => !uploaded.Contains(file.Path)), .. arguments.Files];
        CheckFolders(files);
        var budget = new LengthBudget();
        return new RunPlan(
            files,
            [.. template.Steps.Select(step => Step(step, values, variables, budget)).OfType<PlannedStep>()],
            [.. template.Outputs.Select(output => output.Source)]);
    }

    /// <summary>Plans a step; returns null if its actor has no value, in which case the step is skipped.</summary>
    private static PlannedStep? Step(TemplateStep step, ParameterValues values, Dictionary<string, string> variables, LengthBudget budget)
    {
        var action = step.Container;
        if (step.Actor is { } actor)
        {
            if (values.Optional(actor) is not { } value) return null;
            action = StepReader.Container(value, $"step '{step.Name}'");
        }

        return new PlannedStep(
            step.Name, action!.Environment, [.. action.Commands.Select(command => budget.Counted(CommandText.Expand(command, variables)))], step.Outputs);
    }

    private static void CheckFolders(List<RunFile> files)
    {
        var paths = files.Select(file => file.Path).ToHashSet();
        foreach (var path in paths)
        {
            for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
            {
                if (paths.Contains(path[..slash])) throw FarmException.Invalid($"'{path[..slash]}' is a file, so '{path}' cannot be below it");
            }
        }
    }
}

/// <summary>Limits the length of all commands of a run: many short ones can name the same long value.</summary>
internal sealed class LengthBudget
{
    private long _length;

    /// <summary>Counts an expanded command.</summary>
    /// <exception cref="FarmException">All together are too long.</exception>
    public IReadOnlyList<CommandPart> Counted(IReadOnlyList<CommandPart> command)
    {
        if ((_length += command.Sum(part => (long)(part.Text?.Length ?? 0))) > JobLimits.MaxCommandLength)
            throw FarmException.Invalid($"the commands of this run would have more than {JobLimits.MaxCommandLength} characters with its arguments; pass long values as a file");
        return command;
    }
}

/// <summary>Resolves placeholders.</summary>
/// <param name="parameters">The declarations.</param>
/// <param name="arguments">The converted arguments.</param>
internal sealed class ParameterValues(IReadOnlyList<Parameter> parameters, IReadOnlyDictionary<string, PyValue> arguments)
{
    /// <summary>Resolves a value if it is a placeholder; returns any other value unchanged.</summary>
    /// <exception cref="FarmException">The parameter has neither an argument nor a default.</exception>
    public PyValue Fill(PyValue value)
    {
        if (value is not PyText text || Placeholder.Parse(text.Value) is not { } placeholder) return value;
        var found = Optional(placeholder.Name) ?? throw FarmException.Invalid($"missing argument for '{placeholder.Name}'");
        if (!placeholder.IsChoice) return found;
        var isTrue = PythonText.Str(found).Equals("true", StringComparison.OrdinalIgnoreCase);
        return (isTrue ? placeholder.Then : placeholder.Else) is { } chosen ? new PyText(chosen) : PyValue.None;
    }

    /// <summary>The argument of a parameter, else its default, not converted; null if there is neither.</summary>
    public PyValue? Optional(string name) =>
        arguments.GetValueOrDefault(name) ?? parameters.FirstOrDefault(parameter => parameter.Name == name)?.DefaultValue;
}
