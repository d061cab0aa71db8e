namespace Farm.Server.Domain.Accounts;

/// <summary>A code with which a person sets the password of their account, once. The code itself is known only to whom it was shown.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="IsInvitation">Whether the account has no password yet; it may sign in once it has one.</param>
/// <param name="ExpiresAt">Unix milliseconds.</param>
internal sealed record PasswordCode(long AccountId, bool IsInvitation, long ExpiresAt);
