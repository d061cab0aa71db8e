namespace Farm.Server.Domain.Variables;

/// <summary>A named text for use in jobs, with different values per platform (Contracts/Flamenco/Contract.md section 8).</summary>
/// <param name="Name">Written as <c>{name}</c>; case-sensitive.</param>
/// <param name="IsTwoway">Whether its value at the start of paths is replaced by <c>{name}</c> when a job is submitted.</param>
/// <param name="Values">The values, in the order of the configuration.</param>
internal sealed record Variable(string Name, bool IsTwoway, IReadOnlyList<VariableValue> Values)
{
    /// <summary>
    /// The value for an audience and platform, or null. A value for the platform takes precedence over one for all platforms; otherwise the
    /// last one wins.
    /// </summary>
    public string? Find(VariableAudience audience, string platform) =>
        (Last(audience, platform) ?? Last(audience, VariableValue.AllPlatforms)) is { } found ? Trim(found.Value) : null;

    private VariableValue? Last(VariableAudience audience, string platform) => Values.LastOrDefault(value =>
        (value.Audience is VariableAudience.All || value.Audience == audience)
        && value.Platforms.Contains(platform, StringComparer.OrdinalIgnoreCase));

    private string Trim(string value) => IsTwoway ? value.TrimEnd('/', '\\') : value;
}

/// <summary>A value of a variable.</summary>
/// <param name="Audience">Who gets it.</param>
/// <param name="Platforms"><c>linux</c>, <c>windows</c>, <c>darwin</c> …, or <see cref="AllPlatforms"/>.</param>
/// <param name="Value">The text; may contain other variables.</param>
internal sealed record VariableValue(VariableAudience Audience, IReadOnlyList<string> Platforms, string Value)
{
    /// <summary>Matches every platform.</summary>
    public const string AllPlatforms = "all";
}

/// <summary>Who gets a value.</summary>
internal enum VariableAudience
{
    /// <summary>Workers and users.</summary>
    All,

    /// <summary>Machines that run tasks.</summary>
    Workers,

    /// <summary>People on their own machines.</summary>
    Users,
}

/// <summary>The names of audiences.</summary>
internal static class VariableAudienceNames
{
    private static readonly string[] Names = ["all", "workers", "users"];

    /// <summary>The name of an audience, such as <c>workers</c>.</summary>
    public static string Name(this VariableAudience audience) => Names[(int)audience];

    /// <summary>Parses an audience name; false when it is unknown.</summary>
    public static bool TryParse(string? name, out VariableAudience audience)
    {
        var index = Array.IndexOf(Names, name);
        audience = (VariableAudience)Math.Max(index, 0);
        return index >= 0;
    }
}
