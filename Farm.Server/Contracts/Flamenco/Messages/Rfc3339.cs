using System.Globalization;
using System.Text.RegularExpressions;

namespace Farm.Server.Contracts.Flamenco.Messages;

/// <summary>Parses times (Contracts/Flamenco/Contract.md section 1.1). Go writes nine fractional digits, which .NET cannot parse.</summary>
internal static partial class Rfc3339
{
    /// <summary>Parses a time to unix milliseconds, rounded up to a whole second; false when it is malformed.</summary>
    public static bool TryParseRoundedUp(string text, out long milliseconds)
    {
        milliseconds = 0;
        if (Form().Match(text) is not { Success: true } match) return false;
        if (!DateTimeOffset.TryParseExact(
            match.Groups["seconds"].Value.ToUpperInvariant() + match.Groups["zone"].Value.ToUpperInvariant(), "yyyy-MM-dd'T'HH:mm:ssK",
            CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return false;
        }

        var hasFraction = match.Groups["fraction"].Value.AsSpan().ContainsAnyExcept('0');
        milliseconds = time.ToUnixTimeMilliseconds() + (hasFraction ? 1000 : 0);
        return true;
    }

    [GeneratedRegex(
        @"^(?<seconds>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.(?<fraction>\d+))?(?<zone>Z|[+-]\d\d:\d\d)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
