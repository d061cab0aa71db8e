namespace Farm.Server.Domain.Variables;

/// <summary>
/// Replaces the value of a two-way variable at the start of a text by <c>{name}</c> when a job is submitted. If several match, the longest
/// value wins.
/// </summary>
/// <param name="variables">The variables of the submitter's platform, for workers.</param>
internal sealed class VariableReplacer(IReadOnlyList<BoundVariable> variables)
{
    private readonly IReadOnlyList<BoundVariable> _twoway = [.. variables.Where(variable => variable.IsTwoway)];

    /// <summary>Replaces the prefix of a text; returns other texts unchanged.</summary>
    public string Replace(string text) => PathPrefix.FindLongest(_twoway, text) is { } variable
        ? $"{{{variable.Name}}}{text[variable.Value.Length..]}"
        : text;

    /// <summary>Replaces the prefix of every value.</summary>
    public IReadOnlyDictionary<string, string> Replace(IReadOnlyDictionary<string, string> metadata) =>
        metadata.ToDictionary(pair => pair.Key, pair => Replace(pair.Value));
}
