using Dapper;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Audit;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Accounts;

namespace Farm.Server.Store.Views.Accounts;

/// <summary>Reads accounts with their sessions, tokens, codes and last sign-ins.</summary>
internal static class PeopleView
{
    private const string People =
        $"""
        SELECT {AccountTable.Columns},
          (SELECT count(*) FROM sessions s WHERE s.account_id = a.id AND s.expires_at > @now) AS sessions,
          (SELECT count(*) FROM tokens t WHERE t.account_id = a.id) AS tokens,
          (SELECT max(s.created_at) FROM sessions s WHERE s.account_id = a.id) AS newest_session,
          i.last_sign_in, c.is_invitation, c.expires_at
        FROM accounts a
          LEFT JOIN password_codes c ON c.account_id = a.id
          LEFT JOIN (SELECT account_id, max(at) AS last_sign_in FROM audit WHERE verb = @verb AND refusal IS NULL GROUP BY account_id) i ON i.account_id = a.id
        WHERE a.removed_at IS NULL ORDER BY a.id
        """;

    /// <summary>All accounts, in order of registration.</summary>
    public static List<Person> All(StoreSession db, long now) =>
        db.Connection.Query<Row>(People, new { now, verb = AuditVerb.SignIn }).Select(row => row.ToPerson()).AsList();

    private sealed record Row(
        long Id, Guid Uuid, string Username, bool IsActive, Role Role, long CreatedAt, long Sessions, long Tokens, long? NewestSession, long? LastSignIn,
        bool? IsInvitation, long? ExpiresAt)
    {
        public Person ToPerson() => new(
            new Account(Id, Uuid, Username, IsActive, Role, CreatedAt),
            (int)Sessions,
            (int)Tokens,
            // Who registers or uses a code is signed in by that.
            LastSignIn is null || NewestSession > LastSignIn ? NewestSession : LastSignIn,
            (IsInvitation, ExpiresAt) is ({ } invites, { } expires) ? new PasswordCode(Id, invites, expires) : null);
    }
}
