namespace Farm.Tests.JobTypes.OpenJobDescription.Reading;

/// <summary>The schema rules by section of the specification.</summary>
public static partial class SchemaRules
{
    /// <summary>A rule with its examples.</summary>
    /// <param name="Says">The section and the rule.</param>
    /// <param name="Place">The kind of piece, see <see cref="Templates.Around"/>.</param>
    private sealed record Rule(string Says, string Place)
    {
        /// <summary>Valid pieces.</summary>
        public string[] Good { get; init; } = [];

        /// <summary>Invalid pieces with path and reason.</summary>
        public (string Piece, string Path, string Reason)[] Bad { get; init; } = [];
    }

    private static IEnumerable<Rule> All =>
        [.. OfRoot, .. OfTextParameters, .. OfNumberParameters, .. OfSteps, .. OfRequirements, .. OfSpaces, .. OfEnvironments, .. OfActions, .. OfTexts];

    public static TheoryData<string, string, string> Accepted()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var rule in All)
        {
            foreach (var piece in rule.Good) data.Add(rule.Says, rule.Place, piece);
        }

        return data;
    }

    public static TheoryData<string, string, string, string, string> Refused()
    {
        var data = new TheoryData<string, string, string, string, string>();
        foreach (var rule in All)
        {
            foreach (var (piece, path, reason) in rule.Bad) data.Add(rule.Says, rule.Place, piece, path, reason);
        }

        return data;
    }
}
