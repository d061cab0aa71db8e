namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>A project: an open job with additional data (Contracts/TaskTracker/Contract.md section 3).</summary>
/// <param name="Id">The integer id of the job, used in the protocol.</param>
/// <param name="Uuid">The UUID of the job.</param>
/// <param name="Details">The properties that managers set.</param>
/// <param name="TasksClosed">The number of tasks closed since it was created.</param>
internal sealed record Project(long Id, Guid Uuid, ProjectDetails Details, long TasksClosed);

/// <summary>The properties of a project that managers set.</summary>
internal sealed record ProjectDetails
{
    /// <summary>Unique among projects, case-sensitive.</summary>
    public required string Name { get; init; }

    /// <summary>Higher goes first; at least 0.</summary>
    public int Priority { get; init; }

    /// <summary>The URL from which workers clone its program.</summary>
    public string CloneUrl { get; init; } = "";

    /// <summary>The name of its repository in push events (section 4.6).</summary>
    public string GitRepo { get; init; } = "";

    /// <summary>The commit that workers check out.</summary>
    public string Version { get; init; } = "";

    /// <summary>The message of the day.</summary>
    public string Motd { get; init; } = "";

    /// <summary>Who can see it.</summary>
    public ProjectVisibility Visibility { get; init; } = ProjectVisibility.Private;

    /// <summary>The project that gets a copy of each closed task; null for none.</summary>
    public long? Chain { get; init; }

    /// <summary>Whether it hands out no tasks.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The most tasks to hand out per second; null for no limit.</summary>
    public double? AssignRate { get; init; }

    /// <summary>The most tasks to accept per second; null for no limit.</summary>
    public double? SubmitRate { get; init; }
}
