namespace Farm.Server.Operations.Configuration;

/// <summary>A setting that changed.</summary>
/// <param name="Key">Its key, with dots between sections.</param>
/// <param name="Before">The value before; null if there was none.</param>
/// <param name="After">The value after; null if there is none.</param>
internal sealed record SettingChange(string Key, string? Before, string? After)
{
    private const string Hidden = "(hidden)";

    /// <summary>Parts of the names of keys whose values are secrets, or may contain some: the address of a database has its password.</summary>
    private static readonly string[] Secrets = ["password", "secret", "token", "key", "database"];

    /// <summary>The values before, with their keys and without secrets; null if there are none.</summary>
    public static string? TextBefore(IEnumerable<SettingChange> changes) => Text(changes, static change => change.Before);

    /// <summary>The values after, with their keys and without secrets; null if there are none.</summary>
    public static string? TextAfter(IEnumerable<SettingChange> changes) => Text(changes, static change => change.After);

    private static string? Text(IEnumerable<SettingChange> changes, Func<SettingChange, string?> value)
    {
        var text = string.Join(", ", changes.Select(change => $"{change.Key}: {(value(change) is { } plain ? Shown(change.Key, plain) : "(none)")}"));
        return text.Length > 0 ? text : null;
    }

    private static string Shown(string key, string value) =>
        Secrets.Any(part => key.Contains(part, StringComparison.OrdinalIgnoreCase)) ? Hidden : value;
}
