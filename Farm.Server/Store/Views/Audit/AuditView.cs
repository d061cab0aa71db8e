using Dapper;
using Farm.Server.Domain.Audit;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Views.Audit;

/// <summary>Reads the audit, the newest entries first.</summary>
internal static class AuditView
{
    /// <summary>How far entries are counted. More of them are not, because that would read them all.</summary>
    public const int MaxCount = 10_000;

    // A verb is selected with those that begin with it and a dot: '/' follows '.' in ASCII.
    private const string Wanted =
        """
        id < @olderThan AND at >= @since AND at < @until
          AND (@refused < 0 OR CASE WHEN refusal IS NULL THEN 0 ELSE 1 END = @refused)
          AND (CAST(@who AS TEXT) IS NULL OR who = @who)
          AND (CAST(@verb AS TEXT) IS NULL OR verb = @verb OR (verb > @verb || '.' AND verb < @verb || '/'))
          AND (CAST(@target AS TEXT) IS NULL OR target_id = @target OR lower(target_name) LIKE @targetPattern ESCAPE '\')
          AND (CAST(@pattern AS TEXT) IS NULL OR lower(who) LIKE @pattern ESCAPE '\' OR address LIKE @pattern ESCAPE '\'
            OR verb LIKE @pattern ESCAPE '\' OR lower(target_name) LIKE @pattern ESCAPE '\' OR target_id LIKE @pattern ESCAPE '\')
        """;

    private const string PageQuery =
        $"""
        SELECT id, at, account_id, who, address, via, verb, target_kind, target_id, target_name, old_value, new_value, refusal, times
        FROM audit WHERE {Wanted} ORDER BY id DESC LIMIT @limit OFFSET @offset
        """;

    private const string CountQuery = $"SELECT count(*) FROM (SELECT 1 AS one FROM audit WHERE {Wanted} LIMIT @mostCounted) counted";

    /// <summary>The entries that match, newest first.</summary>
    public static List<AuditEntry> Page(StoreSession db, AuditFilter filter) =>
        db.Connection.Query<Row>(PageQuery, Parameters(filter)).Select(row => row.ToEntry()).AsList();

    /// <summary>How many entries match, up to <see cref="MaxCount"/>.</summary>
    public static long Count(StoreSession db, AuditFilter filter) => db.Connection.ExecuteScalar<long>(CountQuery, Parameters(filter));

    private static object Parameters(AuditFilter filter) => new
    {
        olderThan = filter.OlderThan ?? long.MaxValue,
        since = filter.Since ?? 0,
        until = filter.Until ?? long.MaxValue,
        refused = filter.IsRefused switch { null => -1L, true => 1L, false => 0L },
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
