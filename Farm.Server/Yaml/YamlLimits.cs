namespace Farm.Server.Yaml;

/// <summary>Limits on a YAML text and on what it becomes, counting each use of an alias.</summary>
internal sealed record YamlLimits
{
    /// <summary>Limits for everything without stricter ones.</summary>
    public static readonly YamlLimits Default = new();

    /// <summary>Maximum nesting depth. Less than that of JSON (64), as what is read is stored and sent as JSON.</summary>
    public int MaxDepth { get; init; } = 50;

    /// <summary>Maximum number of values: texts, lists and maps. Names do not count.</summary>
    public int MaxValues { get; init; } = 200_000;

    /// <summary>Maximum number of characters, of the text and of all names and values together.</summary>
    public int MaxCharacters { get; init; } = 8 * 1024 * 1024;

    /// <summary>Maximum length of a name or tag; YAML has the same limit for names that are not marked with <c>?</c>.</summary>
    public int MaxNameLength { get; init; } = 1024;

    /// <summary>Maximum number of characters of a number that is not quoted; Python has the same limit for digits.</summary>
    public int MaxNumberLength { get; init; } = 4300;
}
