using System.Text.RegularExpressions;

namespace Farm.Tests.Drills.Fuzz.Grammar;

/// <summary>What exists on the farm, by name, so that requests can name it.</summary>
internal sealed partial class Things
{
    private readonly Dictionary<string, string> _values = [];

    /// <summary>Header lines that prove who calls, by caller.</summary>
    public SortedDictionary<string, string[]> Credentials { get; } = new(StringComparer.Ordinal) { [""] = [] };

    /// <summary>The value of a thing.</summary>
    public string this[string name]
    {
        get => _values[name];
        set => _values[name] = value;
    }

    /// <summary>Their names, sorted, so that a seed always finds the same one.</summary>
    public IReadOnlyList<string> Names => [.. _values.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether there is such a thing.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Puts values in place of their names.</summary>
    public string Fill(string text) => Placeholder().Replace(text, match => _values.TryGetValue(match.Groups[1].Value, out var value) ? value : "1");

    [GeneratedRegex(@"\$([a-zA-Z]+)\$")]
    private static partial Regex Placeholder();
}
