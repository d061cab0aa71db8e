namespace Farm.Server.Domain.Variables;

/// <summary>A text with a name that stands in for it in jobs, other values on other platforms (Contracts/Flamenco/Contract.md section 8).</summary>
/// <param name="Name">Written <c>{name}</c>; case counts.</param>
/// <param name="IsTwoway">Whether paths that begin with its value are turned into <c>{name}</c> when a job is submitted.</param>
/// <param name="Values">In the order of the configuration.</param>
internal sealed record Variable(string Name, bool IsTwoway, IReadOnlyList<VariableValue> Values)
{
    /// <summary>
    /// The value for that audience and platform, or null. A value for the platform comes before one for all platforms;
    /// among equals the later one counts.
    /// </summary>
    public string? Find(VariableAudience audience, string platform) =>
        (Last(audience, platform) ?? Last(audience, VariableValue.AllPlatforms)) is { } found ? Trim(found.Value) : null;

    private VariableValue? Last(VariableAudience audience, string platform) => Values.LastOrDefault(value =>
        (value.Audience is VariableAudience.All || value.Audience == audience)
        && value.Platforms.Contains(platform, StringComparer.OrdinalIgnoreCase));

    private string Trim(string value) => IsTwoway ? value.TrimEnd('/', '\\') : value;
}

/// <summary>A value of a variable.</summary>
/// <param name="Audience">Whom it is for.</param>
/// <param name="Platforms"><c>linux</c>, <c>windows</c>, <c>darwin</c> …, or <see cref="AllPlatforms"/>.</param>
/// <param name="Value">The text; may name other variables.</param>
internal sealed record VariableValue(VariableAudience Audience, IReadOnlyList<string> Platforms, string Value)
{
    /// <summary>The platform of a value that is for every platform.</summary>
    public const string AllPlatforms = "all";
}

/// <summary>Whom a value is for.</summary>
internal enum VariableAudience
{
    /// <summary>Both of the others.</summary>
    All,

    /// <summary>Machines that run tasks.</summary>
    Workers,

    /// <summary>People at their own machines.</summary>
    Users,
}

/// <summary>The names for audiences.</summary>
internal static class VariableAudienceNames
{
    private static readonly string[] Names = ["all", "workers", "users"];

    /// <summary>The name for an audience, such as <c>workers</c>.</summary>
    public static string Name(this VariableAudience audience) => Names[(int)audience];

    /// <summary>Parses an audience name; false when it is unknown.</summary>
    public static bool TryParse(string? name, out VariableAudience audience)
    {
        var index = Array.IndexOf(Names, name);
        audience = (VariableAudience)Math.Max(index, 0);
        return index >= 0;
    }
}
