namespace Farm.Server.JobTypes.OpenJobDescription.Reading;

/// <summary>Why a template cannot be used.</summary>
/// <param name="Line">Of the file, from 1.</param>
/// <param name="Path">Where it is in the template, such as <c>steps[0].name</c>; empty for the template as a whole.</param>
/// <param name="Reason">One plain sentence without a full stop.</param>
internal sealed record TemplateProblem(int Line, string Path, string Reason)
{
    /// <summary>As people read it beside the name of the file.</summary>
    public override string ToString() => Path.Length == 0 ? $"{Line}: {Reason}" : $"{Line}: {Path}: {Reason}";
}

/// <summary>A template that was read; without problems there is one.</summary>
internal sealed record TemplateReading(Model.JobTemplate? Template, IReadOnlyList<TemplateProblem> Problems);

/// <summary>A text is neither YAML nor JSON that a template could be.</summary>
internal sealed class TemplateSyntaxException(int line, string reason) : Exception(reason)
{
    /// <summary>Where, from 1.</summary>
    public int Line { get; } = line;
}
