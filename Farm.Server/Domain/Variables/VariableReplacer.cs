namespace Farm.Server.Domain.Variables;

/// <summary>
/// On submission: a text that begins with the value of a two-way variable gets <c>{name}</c> for it; the rest stays. Where
/// several match, the longest value counts.
/// </summary>
/// <param name="variables">Those of the submitter's platform, for the audience of workers.</param>
internal sealed class VariableReplacer(IReadOnlyList<BoundVariable> variables)
{
    private readonly IReadOnlyList<BoundVariable> _twoway = [.. variables.Where(variable => variable.IsTwoway)];

    /// <summary>The text with its beginning replaced, or the text.</summary>
    public string Replace(string text) => PathPrefix.FindLongest(_twoway, text) is { } variable
        ? $"{{{variable.Name}}}{text[variable.Value.Length..]}"
        : text;

    /// <summary>The same with all values replaced.</summary>
    public IReadOnlyDictionary<string, string> Replace(IReadOnlyDictionary<string, string> metadata) =>
        metadata.ToDictionary(pair => pair.Key, pair => Replace(pair.Value));
}
