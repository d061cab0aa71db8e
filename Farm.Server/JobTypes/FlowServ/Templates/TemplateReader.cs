using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.JobTypes.FlowServ.Templates;

/// <summary>Reads templates and rejects unknown elements by name (Contracts/FlowServ/Contract.md sections 5.1 and 6.2 to 6.5).</summary>
internal static class TemplateReader
{
    /// <summary>Reads a template.</summary>
    /// <exception cref="FarmException">The template is invalid; the message says where and why.</exception>
    public static WorkflowTemplate Read(PyValue specification)
    {
        var template = ClosedMap.Of(
            specification, "the template", "workflow", "parameters", "parameterGroups", "outputs", "results", "postproc");
        var workflow = ClosedMap.Of(
            template.Value("workflow") ?? throw FarmException.Invalid("the template has no 'workflow'"), "'workflow'", "files", "parameters", "steps", "farm_raw");
        var parameters = ParameterReader.Read(template.List("parameters"));
        CheckPostproc(template);
        CheckReferences(template.Value("workflow")!, parameters);
        var steps = workflow.List("steps").Select((step, index) => StepReader.Read(step, index, parameters)).ToList();
        var outputs = OutputReader.Read(template, workflow);
        return new WorkflowTemplate
        {
            Parameters = parameters,
            ParameterGroups = template.Value("parameterGroups") is null ? null : [.. template.List("parameterGroups").Select(Group)],
            Variables = Variables(workflow),
            Raw = Raw(workflow, parameters),
            Steps = steps,
            Outputs = outputs,
            Results = OutputReader.Results(template),
        };
    }

    private static ParameterGroup Group(PyValue value)
    {
        var group = ClosedMap.Of(value, "a parameter group", "name", "title", "index");
        return new ParameterGroup(
            group.Needed("name"), group.Needed("title"), group.Number("index") ?? throw FarmException.Invalid("a parameter group has no 'index'"));
    }

    private static IReadOnlyList<KeyValuePair<string, PyValue>> Variables(ClosedMap workflow) => workflow.Value("parameters") switch
    {
        null => [],
        PyMap map => map.Entries,
        _ => throw FarmException.Invalid("'parameters' of 'workflow' must be a mapping"),
    };

    private static IReadOnlyList<string> Raw(ClosedMap workflow, IReadOnlyList<Parameter> parameters)
    {
        var names = workflow.Texts("farm_raw");
        return names.FirstOrDefault(name => parameters.All(parameter => parameter.Name != name)) is { } unknown
            ? throw FarmException.Invalid($"'farm_raw' of 'workflow' names '{unknown}', which is no parameter of the template")
            : names;
    }

    /// <summary>Checks the post-processing section early; Farm does not run it.</summary>
    private static void CheckPostproc(ClosedMap template)
    {
        if (template.Value("postproc") is not { } value) return;
        var postproc = ClosedMap.Of(value, "'postproc'", "workflow", "inputs", "outputs");
        if (postproc.Value("workflow") is not PyMap) throw FarmException.Invalid("'postproc' has no 'workflow'");
    }

    /// <summary>Rejects placeholders for undeclared parameters anywhere in the workflow.</summary>
    private static void CheckReferences(PyValue value, IReadOnlyList<Parameter> parameters)
    {
        switch (value)
        {
            case PyText text when Placeholder.Parse(text.Value) is { } placeholder:
                if (parameters.All(parameter => parameter.Name != placeholder.Name))
                    throw FarmException.Invalid($"the template refers to a parameter '{placeholder.Name}' that it does not declare");
                break;
            case PyList list:
                foreach (var item in list.Items) CheckReferences(item, parameters);
                break;
            case PyMap map:
                foreach (var (_, entry) in map.Entries) CheckReferences(entry, parameters);
                break;
        }
    }
}
