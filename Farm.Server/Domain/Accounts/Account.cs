namespace Farm.Server.Domain.Accounts;

/// <summary>A user account: a manager of task_tracker, or a user of flowServ or the dashboard.</summary>
/// <param name="Id">The numeric id; contracts show this or <paramref name="Uuid"/>.</param>
/// <param name="Uuid">The id that clients see.</param>
/// <param name="Username">Unique, case-sensitive.</param>
/// <param name="IsActive">Whether it may sign in; some contracts require activation after registration.</param>
/// <param name="Role">What it is on this farm.</param>
/// <param name="CreatedAt">Unix milliseconds.</param>
internal sealed record Account(long Id, Guid Uuid, string Username, bool IsActive, Role Role, long CreatedAt)
{
    /// <summary>Whether it has full access to every project and may appoint administrators.</summary>
    public bool IsAdministrator => Role == Role.Administrator;

    /// <summary>The only task_tracker project in which a token lets it act; null for all.</summary>
    public long? OnlyProject { get; init; }

    /// <summary>Whether it may act in a project at all.</summary>
    public bool MayActIn(long projectId) => OnlyProject is null || OnlyProject == projectId;
}
