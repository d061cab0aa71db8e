namespace Farm.Tests.JobTypes.OpenJobDescription.Reading;

/// <summary>The rules of the schema by the sections of its document.</summary>
public static partial class SchemaRules
{
    /// <summary>What a rule says, and what it is tried with.</summary>
    /// <param name="Says">The section and the rule.</param>
    /// <param name="Place">What the pieces are, see <see cref="Templates.Around"/>.</param>
    private sealed record Rule(string Says, string Place)
    {
        /// <summary>Pieces that keep it.</summary>
        public string[] Good { get; init; } = [];

        /// <summary>Pieces that break it, with where and why.</summary>
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
