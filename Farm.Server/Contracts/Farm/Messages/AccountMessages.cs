namespace Farm.Server.Contracts.Farm.Messages;

/// <summary>An account.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Username">Its name.</param>
/// <param name="Active">Whether it may sign in; an administrator activates it.</param>
/// <param name="Role">What it is: <c>artist</c>, <c>operator</c> or <c>administrator</c>.</param>
/// <param name="Created">When it was registered.</param>
internal sealed record AccountMessage(Guid Id, string Username, bool Active, string Role, DateTimeOffset Created);

/// <summary>An account, as administrators see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Username">Its name.</param>
/// <param name="Active">Whether it may sign in; an administrator activates it.</param>
/// <param name="Invited">Whether it may sign in as soon as its owner has chosen a password.</param>
/// <param name="Role">What it is: <c>artist</c>, <c>operator</c> or <c>administrator</c>.</param>
/// <param name="Created">When it was registered.</param>
/// <param name="LastSignIn">The last sign-in that the audit still has; null for none.</param>
/// <param name="Sessions">How many sign-ins last.</param>
/// <param name="Tokens">How many tokens it has.</param>
/// <param name="CodeExpires">Until when its owner can set a password with a code; null without one.</param>
internal sealed record PersonMessage(
    Guid Id, string Username, bool Active, bool Invited, string Role, DateTimeOffset Created, DateTimeOffset? LastSignIn, int Sessions, int Tokens, DateTimeOffset? CodeExpires);

/// <summary>All accounts, in order of registration.</summary>
internal sealed record AccountsMessage(IReadOnlyList<PersonMessage> Accounts);

/// <summary>An account to add; without a role, an artist.</summary>
internal sealed record NewAccountMessage(string? Username, string? Password, string? Role);

/// <summary>Somebody to invite; without a role, as an artist.</summary>
internal sealed record InvitationMessage(string? Username, string? Role);

/// <summary>A code with which a person sets their password, once.</summary>
/// <param name="Code">The code. The farm does not keep it, so it is shown only now.</param>
/// <param name="Page">The path of the page on which it is entered.</param>
/// <param name="Expires">Until when it works.</param>
/// <param name="Account">Whose password it sets.</param>
internal sealed record PasswordCodeMessage(string Code, string Page, DateTimeOffset Expires, AccountMessage Account);

/// <summary>A password that is set with a code.</summary>
internal sealed record UsedCodeMessage(string? Code, string? Password);

/// <summary>The new role of an account.</summary>
internal sealed record RoleMessage(string? Role);

/// <summary>The new password of an account.</summary>
internal sealed record PasswordMessage(string? Password);

/// <summary>The new password of one's own account, and the present one.</summary>
internal sealed record OwnPasswordMessage(string? Present, string? Password);

/// <summary>A sign-in that lasts.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Address">From where; null if that is not known.</param>
/// <param name="SignedIn">When it began.</param>
/// <param name="LastUsed">When it was used last, to the minute; null if that is not known.</param>
/// <param name="Expires">When it ends by itself.</param>
/// <param name="Current">Whether this request came through it.</param>
internal sealed record SessionMessage(long Id, string? Address, DateTimeOffset SignedIn, DateTimeOffset? LastUsed, DateTimeOffset Expires, bool Current);

/// <summary>Sign-ins, the newest first.</summary>
internal sealed record SessionsMessage(IReadOnlyList<SessionMessage> Sessions);
