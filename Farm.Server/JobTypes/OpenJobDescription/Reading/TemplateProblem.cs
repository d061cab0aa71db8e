namespace Farm.Server.JobTypes.OpenJobDescription.Reading;

/// <summary>A problem that makes a template unusable.</summary>
/// <param name="Line">The line in the file, from 1.</param>
/// <param name="Path">The path in the template, such as <c>steps[0].name</c>; empty for the whole template.</param>
/// <param name="Reason">One plain sentence without a full stop.</param>
internal sealed record TemplateProblem(int Line, string Path, string Reason)
{
    /// <summary>The problem as shown after the file name.</summary>
    public override string ToString() => Path.Length == 0 ? $"{Line}: {Reason}" : $"{Line}: {Path}: {Reason}";
}

/// <summary>The result of reading a template; the template is null if there are problems.</summary>
internal sealed record TemplateReading(Model.JobTemplate? Template, IReadOnlyList<TemplateProblem> Problems);

/// <summary>A template file is not valid YAML or JSON.</summary>
internal sealed class TemplateSyntaxException(int line, string reason) : Exception(reason)
{
    /// <summary>The line in the file, from 1.</summary>
    public int Line { get; } = line;
}
