namespace Farm.Dashboard.Ports;

/// <summary>Who sees a project and gets its tasks without approval.</summary>
public enum ProjectVisibility
{
    Public,
    Private,
    Hidden,
}

/// <summary>The roles of an account in a project.</summary>
[Flags]
public enum ProjectRoles
{
    None = 0,

    /// <summary>See the project when it is hidden.</summary>
    Read = 1,

    /// <summary>Change the project.</summary>
    Edit = 2,

    /// <summary>Grant access to workers and roles to accounts.</summary>
    ManageAccess = 4,

    /// <summary>Read and change its secrets.</summary>
    Secret = 8,

    /// <summary>Reset and reclaim its tasks.</summary>
    Maintenance = 16,
}

/// <summary>A project as lists show it. <paramref name="Closed"/> counts the tasks that workers closed since it was made; rates are tasks a second, null is any number.</summary>
public sealed record ProjectRow(
    long Id,
    Guid JobId,
    string Name,
    int Priority,
    ProjectVisibility Visibility,
    bool IsPaused,
    TaskCounts Tasks,
    long Closed,
    double? AssignRate,
    double? SubmitRate);

/// <summary>A project with the details of its page.</summary>
/// <param name="Project">The project as in lists.</param>
/// <param name="CloneUrl">Where workers get its program; may be empty, like the four after it.</param>
/// <param name="GitRepo">Its repository as pushes name it.</param>
/// <param name="Version">The commit that workers check out.</param>
/// <param name="Motd">The message of the day for its workers.</param>
/// <param name="Chain">The project that follows it; null for none.</param>
/// <param name="Roles">What the visitor may do here.</param>
/// <param name="Assignees">Who has its tasks, fewest first.</param>
/// <param name="Accesses">What workers have or ask for; empty for those who may not manage it.</param>
/// <param name="Managers">Who may do what; empty for those who are not signed in.</param>
public sealed record ProjectDetail(
    ProjectRow Project,
    string CloneUrl,
    string GitRepo,
    string Version,
    string Motd,
    ProjectLink? Chain,
    ProjectRoles Roles,
    IReadOnlyList<ProjectAssignee> Assignees,
    IReadOnlyList<ProjectAccessRow> Accesses,
    IReadOnlyList<ProjectManager> Managers);

/// <summary>A link to a project.</summary>
public sealed record ProjectLink(long Id, string Name);

/// <summary>The number of tasks of a worker.</summary>
public sealed record ProjectAssignee(string Name, long Tasks);

/// <summary>The access of a worker to a project, granted or requested.</summary>
public sealed record ProjectAccessRow(long WorkerId, WorkerLink Worker, bool MayAssign, bool MaySubmit, bool IsPending);

/// <summary>An account and its roles in a project.</summary>
public sealed record ProjectManager(string Username, ProjectRoles Roles);

/// <summary>The task counts of a project at one time. <paramref name="Closed"/> counts from the creation of the project.</summary>
public sealed record ProjectMoment(DateTimeOffset Time, long Waiting, long Failed, long Awaiting, long Closed);

/// <summary>The secrets of a project.</summary>
public sealed record ProjectSecretTexts(string Secret, string WebhookSecret);
