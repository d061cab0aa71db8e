namespace Farm.Server.Domain.Accounts;

/// <summary>A token with which a tool or a worker calls the farm without a person's password. The secret itself is kept by nobody but its user.</summary>
/// <param name="Id">The numeric id.</param>
/// <param name="Name">What it is for, as people read it.</param>
/// <param name="Role">The most that its user is on the farm.</param>
/// <param name="AccountId">The account whose rights it has, as far as <paramref name="Role"/> allows; null for a token of the farm itself.</param>
/// <param name="Username">The name of that account.</param>
/// <param name="ProjectId">The only task_tracker project in which it has its account's roles; null for all.</param>
/// <param name="CreatedAt">Unix milliseconds.</param>
/// <param name="ExpiresAt">Unix milliseconds; null if it does not expire.</param>
/// <param name="LastUsedAt">Unix milliseconds, to the minute; null if it was never used.</param>
internal sealed record Token(
    long Id, string Name, Role Role, long? AccountId, string? Username, long? ProjectId, long CreatedAt, long? ExpiresAt, long? LastUsedAt);
