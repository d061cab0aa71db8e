using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Store.Views.Jobs;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>A project with its task counts.</summary>
internal sealed record ProjectRow : CountedTasks
{
    /// <summary>The columns of a project <c>p</c> whose job is <c>j</c>.</summary>
    public new const string Columns =
        $"""
        p.job_id AS id, j.uuid, p.tasks_closed, p.name, j.priority, p.clone_url, p.git_repo, p.version, p.motd, p.visibility, p.chain,
        p.is_paused, p.assign_rate, p.submit_rate, {CountedTasks.Columns}
        """;

    public required long Id { get; init; }

    public required Guid Uuid { get; init; }

    public required long TasksClosed { get; init; }

    public required string Name { get; init; }

    public required int Priority { get; init; }

    public required string CloneUrl { get; init; }

    public required string GitRepo { get; init; }

    public required string Version { get; init; }

    public required string Motd { get; init; }

    public required ProjectVisibility Visibility { get; init; }

    public long? Chain { get; init; }

    public required bool IsPaused { get; init; }

    public double? AssignRate { get; init; }

    public double? SubmitRate { get; init; }

    /// <summary>The project without the task counts.</summary>
    public Project ToProject() => new(
        Id,
        Uuid,
        new ProjectDetails
        {
            Name = Name,
            Priority = Priority,
            CloneUrl = CloneUrl,
            GitRepo = GitRepo,
            Version = Version,
            Motd = Motd,
            Visibility = Visibility,
            Chain = Chain,
            IsPaused = IsPaused,
            AssignRate = AssignRate,
            SubmitRate = SubmitRate,
        },
        TasksClosed);
}
