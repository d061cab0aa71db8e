using Farm.Server.Contracts.Farm.Messages;
using Farm.Server.Domain.Accounts;

namespace Farm.Server.Contracts.Farm;

/// <summary>Maps accounts, sessions and tokens to messages.</summary>
internal static class AccountMapping
{
    /// <summary>An account.</summary>
    public static AccountMessage Message(Account account) => new(account.Uuid, account.Username, account.IsActive, account.Role.Name(), Time(account.CreatedAt));

    /// <summary>An account as administrators see it.</summary>
    public static PersonMessage Message(Person person) => new(
        person.Account.Uuid,
        person.Account.Username,
        person.Account.IsActive,
        person.IsInvited,
        person.Account.Role.Name(),
        Time(person.Account.CreatedAt),
        Time(person.LastSignIn),
        person.Sessions,
        person.Tokens,
        Time(person.Code?.ExpiresAt));

    /// <summary>A session.</summary>
    public static SessionMessage Message(Session session) => new(
        session.Id, session.Address.Length > 0 ? session.Address : null, Time(session.CreatedAt), Time(session.SeenAt), Time(session.ExpiresAt), session.IsCurrent);

    /// <summary>A token.</summary>
    public static TokenMessage Message(Token token) => new(
        token.Id, token.Name, token.Role.Name(), token.Username, token.ProjectId, Time(token.CreatedAt), Time(token.ExpiresAt), Time(token.LastUsedAt));

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static DateTimeOffset? Time(long? milliseconds) => milliseconds is { } known ? Time(known) : null;
}
