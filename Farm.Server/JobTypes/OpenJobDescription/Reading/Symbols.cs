namespace Farm.Server.JobTypes.OpenJobDescription.Reading;

/// <summary>The values that format strings in one scope may reference (section 7.3.1). Immutable.</summary>
internal sealed class Symbols
{
    private readonly HashSet<string> _names;
    private readonly string _place;

    private Symbols(IEnumerable<string> names, string place)
    {
        _names = [.. names];
        _place = place;
    }

    /// <summary>Symbols available at job submission.</summary>
    public static Symbols OfJob(IEnumerable<Model.JobParameter> parameters) => new(
        parameters.SelectMany(parameter => parameter.Type == Model.ParameterType.Path
            ? [$"RawParam.{parameter.Name}"]
            : new[] { $"Param.{parameter.Name}", $"RawParam.{parameter.Name}" }),
        "where the job is made");

    /// <summary>Symbols available to environments and scripts on a worker, without their own files and task parameters.</summary>
    public static Symbols OfSession(IEnumerable<Model.JobParameter> parameters) => new(
        parameters.SelectMany(parameter => new[] { $"Param.{parameter.Name}", $"RawParam.{parameter.Name}" })
            .Concat(["Session.WorkingDirectory", "Session.HasPathMappingRules", "Session.PathMappingRulesFile"]),
        "in a session");

    /// <summary>Returns a copy with additional names.</summary>
    public Symbols With(IEnumerable<string> names, string place) => new(_names.Concat(names), place);

    /// <summary>Checks a reference; returns the problem or null.</summary>
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
