using Dapper;
using Farm.Server.Domain.Audit;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Views.Audit;

/// <summary>Reads the audit, the newest entries first.</summary>
internal static class AuditView
{
    /// <summary>How far entries are counted. More of them are not, because that would read them all.</summary>
    public const int MaxCount = 10_000;

    private const string Columns =
        "id, at, account_id, who, address, via, verb, target_kind, target_id, target_name, old_value, new_value, refusal, times";

    private static readonly string[] Searched = ["lower(who)", "address", "verb", "lower(target_name)", "target_id"];

    /// <summary>The entries that match, newest first.</summary>
    public static List<AuditEntry> Page(StoreSession db, AuditFilter filter) => db.Connection.Query<Row>(
        $"SELECT {Columns} FROM audit{Wanted(filter)} ORDER BY id DESC LIMIT @limit OFFSET @offset", Parameters(filter)).Select(row => row.ToEntry()).AsList();

    /// <summary>How many entries match, up to <see cref="MaxCount"/>.</summary>
    public static long Count(StoreSession db, AuditFilter filter) => db.Connection.ExecuteScalar<long>(
        $"SELECT count(*) FROM (SELECT 1 AS one FROM audit{Wanted(filter)} LIMIT @mostCounted) counted", Parameters(filter));

    /// <summary>Only the conditions of what is asked for, so that their indexes serve. All values are parameters.</summary>
    private static string Wanted(AuditFilter filter)
    {
        var wanted = new List<string>();
        if (filter.OlderThan is not null) wanted.Add("id < @olderThan");
        if (filter.Since is not null) wanted.Add("at >= @since");
        if (filter.Until is not null) wanted.Add("at < @until");
        if (filter.IsRefused is { } refused) wanted.Add(refused ? "refusal IS NOT NULL" : "refusal IS NULL");
        if (filter.Who is not null) wanted.Add("who = @who");
        // What verbs are about selects those that begin with it and a dot: '/' follows '.' in ASCII.
        if (filter.Verb is { } verb) wanted.Add(verb.Contains('.', StringComparison.Ordinal) ? "verb = @verb" : "verb > @verb || '.' AND verb < @verb || '/'");
        if (filter.Target is not null) wanted.Add(@"(target_id = @target OR lower(target_name) LIKE @targetPattern ESCAPE '\')");
        if (filter.Search is not null)
        {
            wanted.Add(string.Concat("(", string.Join(" OR ", Searched.Select(column => $@"{column} LIKE @pattern ESCAPE '\'")), ")"));
        }

        return wanted.Count == 0 ? "" : $" WHERE {string.Join(" AND ", wanted)}";
    }

    private static object Parameters(AuditFilter filter) => new
    {
        olderThan = filter.OlderThan,
        since = filter.Since,
        until = filter.Until,
        who = filter.Who,
        verb = filter.Verb,
        target = filter.Target,
        targetPattern = Contains(filter.Target),
        pattern = Contains(filter.Search),
        mostCounted = (long)MaxCount,
        limit = (long)filter.Limit,
        offset = filter.Offset,
    };

    private static string? Contains(string? text) => string.IsNullOrEmpty(text) ? null : ListFilter.Contains(text);

    private sealed record Row(
        long Id, long At, long? AccountId, string Who, string Address, string Via, string Verb, string TargetKind, string TargetId, string TargetName,
        string? OldValue, string? NewValue, string? Refusal, long Times)
    {
        public AuditEntry ToEntry() => new()
        {
            Id = Id,
            At = At,
            AccountId = AccountId,
            Who = Who,
            Address = Address,
            Via = Via,
            Verb = Verb,
            Target = new AuditTarget(TargetKind, TargetId, TargetName),
            Before = OldValue,
            After = NewValue,
            Refusal = Refusal,
            Times = Times,
        };
    }
}
