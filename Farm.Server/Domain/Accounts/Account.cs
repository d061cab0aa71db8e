namespace Farm.Server.Domain.Accounts;

/// <summary>A person: a manager of task_tracker, a user of flowServ or of the dashboard.</summary>
/// <param name="Id">The small id; contracts show this or <paramref name="Uuid"/>.</param>
/// <param name="Uuid">The id that clients see.</param>
/// <param name="Username">Unique, case-sensitive.</param>
/// <param name="IsActive">May sign in; some contracts register people who wait for their activation.</param>
/// <param name="IsAdministrator">May do everything to every project, and make administrators.</param>
/// <param name="CreatedAt">Unix milliseconds.</param>
internal sealed record Account(long Id, Guid Uuid, string Username, bool IsActive, bool IsAdministrator, long CreatedAt);
