namespace Farm.Server.Domain.Accounts;

/// <summary>A sign-in that lasts, as its owner sees it.</summary>
/// <param name="Id">The numeric id, which is no secret.</param>
/// <param name="Address">From where they signed in; empty if that is not known.</param>
/// <param name="IsLasting">Whether it is the one of flowServ's clients, whose token stays the same when they sign in anew.</param>
/// <param name="CreatedAt">When they signed in, in Unix milliseconds.</param>
/// <param name="SeenAt">When it was last used, in Unix milliseconds, to the minute; null if that was not written yet.</param>
/// <param name="ExpiresAt">Unix milliseconds.</param>
/// <param name="IsCurrent">Whether it is the one through which they look.</param>
internal sealed record Session(long Id, string Address, bool IsLasting, long CreatedAt, long? SeenAt, long ExpiresAt, bool IsCurrent);
