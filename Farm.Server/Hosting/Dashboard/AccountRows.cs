using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared.Dashboard;
using Farm.Server.Domain.Accounts;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>Maps accounts, sessions and tokens to rows of the dashboard.</summary>
internal static class AccountRows
{
    /// <summary>A person and their tokens.</summary>
    public static PersonRow Row(Person person, IEnumerable<Token> tokens, DateTimeOffset now) => new(
        person.Account.Uuid,
        person.Account.Username,
        person.Account.Role.As<AccountRole>(),
        State(person, now),
        Time(person.Account.CreatedAt),
        Time(person.LastSignIn),
        person.Sessions,
        [.. tokens.Select(token => Row(token, now))],
        Time(person.Code?.ExpiresAt) is { } expires && expires > now ? expires : null);

    /// <summary>A session.</summary>
    public static SessionRow Row(Session session) => new(
        session.Id,
        session.Address.Length > 0 ? session.Address : null,
        session.IsLasting,
        Time(session.CreatedAt),
        Time(session.SeenAt),
        Time(session.ExpiresAt),
        session.IsCurrent);

    /// <summary>A token.</summary>
    public static TokenRow Row(Token token, DateTimeOffset now) => new(
        token.Id, token.Name, token.Role.Name(), token.ProjectId, Time(token.CreatedAt), Time(token.ExpiresAt), Time(token.ExpiresAt) <= now, Time(token.LastUsedAt));

    /// <summary>A moment.</summary>
    public static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static DateTimeOffset? Time(long? milliseconds) => milliseconds is { } known ? Time(known) : null;

    private static AccountState State(Person person, DateTimeOffset now) =>
        person.Account.IsActive ? AccountState.Active
        : person.Code is not { IsInvitation: true, ExpiresAt: var expires } ? AccountState.Waiting
        : Time(expires) > now ? AccountState.Invited
        : AccountState.InvitationExpired;
}
