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
        var variables = new Dictionary<string, CommandVariable>();
        foreach (var (name, value) in template.Variables) variables[name] = Variable(template, value, values.Fill(value));
        var uploaded = arguments.Files.Select(file => file.Path).ToHashSet();
        List<RunFile> files = [.. staticFiles.Where(file => !uploaded.Contains(file.Path)), .. arguments.Files];
        CheckFolders(files);
        var budget = new LengthBudget();
        return new RunPlan(
            files,
            [.. template.Steps.Select(step => Step(step, values, variables, budget)).OfType<PlannedStep>()],
            [.. template.Outputs.Select(output => output.Source)]);
    }

    /// <summary>
    /// Checks that no value becomes shell text or a program, with texts for all arguments that may be texts. Done at installation, so that a run is not
    /// the first to find out.
    /// </summary>
    /// <exception cref="FarmException">A value would be run; the message says where, and how to allow it.</exception>
    public static void CheckValues(WorkflowTemplate template)
    {
        var variables = new Dictionary<string, CommandVariable>();
        foreach (var (name, value) in template.Variables) variables[name] = Sample(template, value);
        foreach (var command in template.Steps.SelectMany(step => step.Container?.Commands ?? [])) CommandText.Check(command, variables);
    }

    private static CommandVariable Sample(WorkflowTemplate template, PyValue value)
    {
        if (value is not PyText text || Placeholder.Parse(text.Value) is not { } placeholder) return Variable(template, value, value);
        var isNumber = template.Parameters.First(parameter => parameter.Name == placeholder.Name).Type
            is ParameterType.Int or ParameterType.Float or ParameterType.Bool;
        return Variable(template, value, isNumber ? new PyInt(1) : new PyText("text"));
    }

    /// <summary>
    /// A variable for commands. What stands in the template is its author's shell text, also as a choice; numbers and truth values contain nothing
    /// that a shell knows.
    /// </summary>
    private static CommandVariable Variable(WorkflowTemplate template, PyValue written, PyValue value)
    {
        var isChosenByPerson = written is PyText text && Placeholder.Parse(text.Value) is { IsChoice: false } placeholder && !template.Raw.Contains(placeholder.Name);
        return new CommandVariable(PythonText.Str(value), isChosenByPerson && value is PyText or PyList or PyMap);
    }

    /// <summary>Plans a step; returns null if its actor has no value, in which case the step is skipped.</summary>
    private static PlannedStep? Step(TemplateStep step, ParameterValues values, Dictionary<string, CommandVariable> variables, LengthBudget budget)
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
        if ((_length += command.Sum(Length)) > JobLimits.MaxCommandLength)
            throw FarmException.Invalid($"the commands of this run would have more than {JobLimits.MaxCommandLength} characters with its arguments; pass long values as a file");
        return command;
    }

    private static long Length(CommandPart part) => part switch
    {
        CommandPart.Text text => text.Value.Length,
        CommandPart.Argument argument => argument.Content.Length,
        _ => 0,
    };
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
