namespace Farm.Server.Domain.Accounts;

/// <summary>An account with what administrators want to know of it.</summary>
/// <param name="Account">The account.</param>
/// <param name="Sessions">How many sign-ins last.</param>
/// <param name="Tokens">How many tokens it has, expired ones too.</param>
/// <param name="LastSignIn">The last sign-in that the audit still has, in Unix milliseconds; null for none.</param>
/// <param name="Code">The code with which its owner may set a password, expired or not; null for none.</param>
internal sealed record Person(Account Account, int Sessions, int Tokens, long? LastSignIn, PasswordCode? Code)
{
    /// <summary>Whether it was made for somebody who has not chosen a password yet.</summary>
    public bool IsInvited => Code is { IsInvitation: true };
}
