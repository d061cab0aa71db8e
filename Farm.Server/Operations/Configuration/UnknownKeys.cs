namespace Farm.Server.Operations.Configuration;

/// <summary>
/// Rejects unknown keys; the error names the key and the expected ones. The framework's <c>ErrorOnUnknownConfiguration</c> names neither the full key nor, through it, the line.
/// </summary>
internal static class UnknownKeys
{
    /// <summary>Checks a section and those below it.</summary>
    /// <param name="section">The section.</param>
    /// <param name="known">The keys below it, with colons between sections. Sections below one of these keys are not checked.</param>
    /// <param name="ignored">Keys that are accepted but not listed as expected.</param>
    /// <exception cref="SettingException">A key is unknown, or a section has a value instead of keys.</exception>
    public static void Reject(IConfiguration section, IReadOnlyList<string> known, IReadOnlyList<string>? ignored = null)
    {
        var expected = FirstParts(known);
        foreach (var child in section.GetChildren())
        {
            if (ignored?.Contains(child.Key, StringComparer.OrdinalIgnoreCase) == true) continue;
            if (!expected.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                throw new SettingException(child.Path, null, $"Unknown setting; expected one of {string.Join(", ", expected)}");
            var prefix = child.Key + ConfigurationPath.KeyDelimiter;
            string[] below = [.. known.Where(key => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).Select(key => key[prefix.Length..])];
            if (below.Length == 0) continue;
            if (!string.IsNullOrEmpty(child.Value))
                throw new SettingException(child.Path, child.Value, $"must hold keys and values: {string.Join(", ", FirstParts(below))}");
            Reject(child, below);
        }
    }

    private static List<string> FirstParts(IEnumerable<string> keys) =>
        [.. keys.Select(key => key.Split(ConfigurationPath.KeyDelimiter)[0]).Distinct()];
}
