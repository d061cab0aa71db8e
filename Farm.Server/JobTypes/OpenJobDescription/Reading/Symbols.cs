namespace Farm.Server.JobTypes.OpenJobDescription.Reading;

/// <summary>The values that format strings of one place may refer to (section 7.3.1). Immutable.</summary>
internal sealed class Symbols
{
    private readonly HashSet<string> _names;
    private readonly string _place;

    private Symbols(IEnumerable<string> names, string place)
    {
        _names = [.. names];
        _place = place;
    }

    /// <summary>What is known when a job is submitted.</summary>
    public static Symbols OfJob(IEnumerable<Model.JobParameter> parameters) => new(
        parameters.SelectMany(parameter => parameter.Type == Model.ParameterType.Path
            ? [$"RawParam.{parameter.Name}"]
            : new[] { $"Param.{parameter.Name}", $"RawParam.{parameter.Name}" }),
        "where the job is made");

    /// <summary>What is known to environments and scripts on a worker, before their own files and parameters are counted.</summary>
    public static Symbols OfSession(IEnumerable<Model.JobParameter> parameters) => new(
        parameters.SelectMany(parameter => new[] { $"Param.{parameter.Name}", $"RawParam.{parameter.Name}" })
            .Concat(["Session.WorkingDirectory", "Session.HasPathMappingRules", "Session.PathMappingRulesFile"]),
        "in a session");

    /// <summary>These and more.</summary>
    public Symbols With(IEnumerable<string> names, string place) => new(_names.Concat(names), place);

    /// <summary>What is wrong with a reference, or null.</summary>
    public string? Check(string reference)
    {
        if (_names.Contains(reference)) return null;
        var group = reference[..(reference.LastIndexOf('.') + 1)];
        var others = _names.Where(name => group.Length > 0 && name.StartsWith(group, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        var hint = reference.StartsWith("Param.", StringComparison.Ordinal) && _names.Contains($"Raw{reference}")
            ? $"; the mapped path is only known on workers, but Raw{reference} is"
            : others.Count > 0 ? $"; there are {string.Join(", ", others)}" : "";
        return $"there is no value {reference} {_place}{hint}";
    }
}
