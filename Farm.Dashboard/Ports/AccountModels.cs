namespace Farm.Dashboard.Ports;

/// <summary>What a person may be on the farm.</summary>
public enum AccountRole
{
    Artist,
    Operator,
    Administrator,
}

/// <summary>Whether a person can sign in.</summary>
public enum AccountState
{
    /// <summary>Registered, and an administrator has not let them in yet.</summary>
    Waiting,

    /// <summary>Has a code to choose a password with.</summary>
    Invited,

    /// <summary>Had such a code, which has expired.</summary>
    InvitationExpired,

    /// <summary>Can sign in.</summary>
    Active,
}

/// <summary>The people of the farm.</summary>
/// <param name="People">All of them, first those who wait.</param>
/// <param name="Own">The name of the visitor's own account; null without one.</param>
public sealed record PeopleList(IReadOnlyList<PersonRow> People, string? Own);

/// <summary>A person, as administrators see them.</summary>
/// <param name="Id">The id of the account.</param>
/// <param name="Username">The name.</param>
/// <param name="Role">What they are.</param>
/// <param name="State">Whether they can sign in.</param>
/// <param name="CreatedAt">When the account was made.</param>
/// <param name="LastSignIn">Their last sign-in, as far as the farm remembers; null for none.</param>
/// <param name="Sessions">How many sign-ins last.</param>
/// <param name="Tokens">Their tokens.</param>
/// <param name="CodeExpiresAt">Until when they can set a password with a code; null without one that works.</param>
public sealed record PersonRow(
    Guid Id,
    string Username,
    AccountRole Role,
    AccountState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastSignIn,
    int Sessions,
    IReadOnlyList<TokenRow> Tokens,
    DateTimeOffset? CodeExpiresAt);

/// <summary>A code to set a password with, which is shown once.</summary>
/// <param name="Username">Whose password.</param>
/// <param name="Code">The code.</param>
/// <param name="ExpiresAt">Until when it works.</param>
public sealed record PasswordCodeShown(string Username, string Code, DateTimeOffset ExpiresAt);

/// <summary>The account of the visitor.</summary>
/// <param name="Username">The name.</param>
/// <param name="Role">What they are.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Sessions">The sign-ins that last, the newest first.</param>
/// <param name="Tokens">Its tokens, in the order in which they were made.</param>
/// <param name="TokenRoles">The roles that a new token may have, from the least to the most.</param>
public sealed record OwnAccount(
    string Username,
    AccountRole Role,
    DateTimeOffset CreatedAt,
    IReadOnlyList<SessionRow> Sessions,
    IReadOnlyList<TokenRow> Tokens,
    IReadOnlyList<string> TokenRoles);

/// <summary>A sign-in that lasts.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Address">From where; null if that is not known.</param>
/// <param name="IsOfClient">Whether a client of flowServ signed in, not a browser.</param>
/// <param name="SignedInAt">When.</param>
/// <param name="SeenAt">When it was last used, to the minute; null if that is not known.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="IsCurrent">Whether it is the one of this page.</param>
public sealed record SessionRow(
    long Id, string? Address, bool IsOfClient, DateTimeOffset SignedInAt, DateTimeOffset? SeenAt, DateTimeOffset ExpiresAt, bool IsCurrent);

/// <summary>A token, without its secret.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Role">The most that its user is.</param>
/// <param name="ProjectId">The only project in which it acts; null for all.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it stops working; null for never.</param>
/// <param name="HasExpired">Whether it has stopped working.</param>
/// <param name="LastUsedAt">When it was last used, to the minute; null for never.</param>
public sealed record TokenRow(
    long Id, string Name, string Role, long? ProjectId, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, bool HasExpired, DateTimeOffset? LastUsedAt);
