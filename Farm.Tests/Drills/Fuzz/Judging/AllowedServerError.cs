using System.Text.RegularExpressions;

namespace Farm.Tests.Drills.Fuzz.Judging;

/// <summary>A 5xx that a contract asks for.</summary>
/// <param name="Protocol">The protocol.</param>
/// <param name="Status">The status.</param>
/// <param name="Text">What the answer says.</param>
/// <param name="Where">The place that asks for it.</param>
internal sealed record AllowedServerError(string Protocol, int Status, Regex Text, string Where)
{
    /// <summary>All of them. Everything else is a fault.</summary>
    public static readonly IReadOnlyList<AllowedServerError> All =
    [
        new("deadline", 500, new(@"^Error: Job .* does not exist\.$"), "Contracts/Deadline/Contract.md section 6: an unknown job is 500"),
        new("deadline", 500, new(@"^Error: Task ID -?\d+ does not exist in Job "), "Contracts/Deadline/Contract.md section 6: GET of one task that does not exist"),
        new("deadline", 500, new(@"^Error: Unknown command "), "Contracts/Deadline/Contract.md sections 3.2 and 6: an unknown command"),
        new("deadline", 500, new(@"^Error: .*(of a suspended Job|is held; resume it first)"), "Contracts/Deadline/Contract.md section 6: pend and releasepending of a suspended job"),
        new("deadline", 501, new("^Error: "), "Contracts/Deadline/Contract.md sections 1.1, 6 and 9: what Farm does not have"),
        new("farm", 503, new("pg_dump"), "Contracts/Farm/Contract.md: a backup that cannot be written; with PostgreSQL, its own tools make them"),
        new("aspire", 503, new(@"too many large requests at once"), "Docs/troubleshooting.md: max_buffered_bytes"),
        new("flamenco", 503, new(@"too many large requests at once"), "Docs/troubleshooting.md: max_buffered_bytes"),
    ];

    /// <summary>The reason for an answer; null if there is none.</summary>
    public static AllowedServerError? Find(string protocol, int status, string text) =>
        All.FirstOrDefault(allowed => allowed.Protocol == protocol && allowed.Status == status && allowed.Text.IsMatch(text));
}
