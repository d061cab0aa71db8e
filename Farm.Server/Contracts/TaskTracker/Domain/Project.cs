namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>A project of a tracker: a job that stays open, and what only a tracker knows of it (Contracts/TaskTracker/Contract.md section 3).</summary>
/// <param name="Id">The small integer of the job, which the protocol shows.</param>
/// <param name="Uuid">The UUID of the job.</param>
/// <param name="Details">What its managers say about it.</param>
/// <param name="TasksClosed">How many of its tasks were closed since it was made.</param>
internal sealed record Project(long Id, Guid Uuid, ProjectDetails Details, long TasksClosed);

/// <summary>What the managers of a project say about it.</summary>
internal sealed record ProjectDetails
{
    /// <summary>Unique among projects, case-sensitive.</summary>
    public required string Name { get; init; }

    /// <summary>Higher goes first; at least 0.</summary>
    public int Priority { get; init; }

    /// <summary>Where workers get its program.</summary>
    public string CloneUrl { get; init; } = "";

    /// <summary>Its repository as a push event names it (section 4.6).</summary>
    public string GitRepo { get; init; } = "";

    /// <summary>Which commit workers check out.</summary>
    public string Version { get; init; } = "";

    /// <summary>A word to those who work for it.</summary>
    public string Motd { get; init; } = "";

    /// <summary>Who sees it.</summary>
    public ProjectVisibility Visibility { get; init; } = ProjectVisibility.Private;

    /// <summary>The project that gets a copy of each task that is closed; null for none.</summary>
    public long? Chain { get; init; }

    /// <summary>Whether it hands out nothing.</summary>
    public bool IsPaused { get; init; }

    /// <summary>How many tasks a second may be handed out; null for any number.</summary>
    public double? AssignRate { get; init; }

    /// <summary>How many tasks a second may be submitted; null for any number.</summary>
    public double? SubmitRate { get; init; }
}
