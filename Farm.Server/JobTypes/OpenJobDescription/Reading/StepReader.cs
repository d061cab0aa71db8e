using Farm.Server.JobTypes.OpenJobDescription.Model;

namespace Farm.Server.JobTypes.OpenJobDescription.Reading;

/// <summary>Reads steps and their dependencies (sections 3, 3.1 and 3.2).</summary>
internal static class StepReader
{
    /// <summary>Reads all steps of a template.</summary>
    public static List<StepTemplate> ReadAll(ObjectReader root, Symbols job, Symbols session, IReadOnlyList<JobEnvironment> environments)
    {
        var items = root.List("steps", least: 1, isRequired: true);
        List<(ObjectReader Reader, string? Name, List<(string On, int Line, string Path)> Dependencies)> found = [];
        List<StepTemplate> steps = [];
        foreach (var item in items)
        {
            var reader = root.ObjectOf(item);
            var name = reader.Text("name", TextRules.Name, isRequired: true);
            if (name is not null && found.Any(other => other.Name == name)) reader.Refuse("name", $"there is another step \"{name}\"");
            var dependencies = ReadDependencies(reader);
            found.Add((reader, name, dependencies));
            reader.Text("description", TextRules.Description);
            var own = TemplateReader.ReadEnvironments(reader, "stepEnvironments", session, environments);
            var requirements = reader.Object("hostRequirements") is { } asked ? HostRequirementReader.Read(asked, job) : HostRequirements.None;
            var space = reader.Object("parameterSpace") is { } dimensions ? SpaceReader.Read(dimensions, job) : null;
            var script = reader.Object("script", isRequired: true) is { } written
                ? ScriptReader.ReadStep(written, session, SpaceReader.Names(reader.Find("parameterSpace")))
                : null;
            reader.RefuseOthers("a step");
            if (name is not null && script is not null)
                steps.Add(new StepTemplate(name, [.. dependencies.Select(on => on.On).Distinct()], own, requirements, space, script));
        }

        CheckDependencies(found);
        return steps;
    }

    private static List<(string On, int Line, string Path)> ReadDependencies(ObjectReader reader)
    {
        List<(string, int, string)> dependencies = [];
        foreach (var item in reader.List("dependencies", least: 1))
        {
            var one = reader.ObjectOf(item);
            if (one.Text("dependsOn", TextRules.Name, isRequired: true) is { } name) dependencies.Add((name, one.LineOf("dependsOn"), one.At("dependsOn")));
            one.RefuseOthers("a dependency");
        }

        return dependencies;
    }

    private static void CheckDependencies(List<(ObjectReader Reader, string? Name, List<(string On, int Line, string Path)> Dependencies)> steps)
    {
        foreach (var step in steps)
        {
            foreach (var (on, line, path) in step.Dependencies)
            {
                if (on == step.Name) step.Reader.Refuse(line, path, "a step cannot depend on itself");
                else if (steps.All(other => other.Name != on)) step.Reader.Refuse(line, path, $"there is no step \"{on}\"");
            }
        }

        // Remove steps that depend on no remaining step or that no remaining step depends on, until there are none; the rest form a
        // cycle.
        var left = steps.Where(step => step.Name is not null).ToList();
        bool WaitsFor(string? name, string? on) => name != on && left.Any(step => step.Name == name && step.Dependencies.Any(dependency => dependency.On == on));
        while (left.RemoveAll(step => !left.Any(other => WaitsFor(step.Name, other.Name)) || !left.Any(other => WaitsFor(other.Name, step.Name))) > 0)
        {
        }

        if (left is [var first, ..])
            first.Reader.Refuse("dependencies", $"the steps {string.Join(", ", left.Select(step => $"\"{step.Name}\""))} wait for one another");
    }
}
