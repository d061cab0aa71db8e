using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Messages;
using Farm.Server.Contracts.TaskTracker.Store;

namespace Farm.Server.Contracts.TaskTracker;

/// <summary>Maps projects, workers and access to and from messages of this protocol.</summary>
internal static class ProjectMapping
{
    /// <summary>The protocol's value for an unlimited rate.</summary>
    private const double Unlimited = double.MaxValue;

    /// <summary>A project.</summary>
    public static ProjectMessage Message(Project project) => new()
    {
        Id = project.Id,
        Priority = project.Details.Priority,
        Name = project.Details.Name,
        CloneUrl = project.Details.CloneUrl,
        GitRepo = project.Details.GitRepo,
        Version = project.Details.Version,
        Motd = project.Details.Motd,
        Public = project.Details.Visibility == ProjectVisibility.Public,
        Hidden = project.Details.Visibility == ProjectVisibility.Hidden,
        Chain = project.Details.Chain ?? 0,
        Paused = project.Details.IsPaused,
        AssignRate = project.Details.AssignRate ?? Unlimited,
        SubmitRate = project.Details.SubmitRate ?? Unlimited,
    };

    /// <summary>A project, with its fields repeated beside it.</summary>
    public static ProjectContent Content(Project project)
    {
        var message = Message(project);
        return new ProjectContent
        {
            Project = message,
            Id = message.Id,
            Priority = message.Priority,
            Name = message.Name,
            CloneUrl = message.CloneUrl,
            GitRepo = message.GitRepo,
            Version = message.Version,
            Motd = message.Motd,
            Public = message.Public,
            Hidden = message.Hidden,
            Chain = message.Chain,
            Paused = message.Paused,
            AssignRate = message.AssignRate,
            SubmitRate = message.SubmitRate,
        };
    }

    /// <summary>The project details in a request; missing ones are empty.</summary>
    /// <exception cref="TrackerException">A detail is invalid: 400.</exception>
    public static ProjectDetails Details(ProjectRequest request)
    {
        if (request is { Public: true, Hidden: true }) throw TrackerException.Invalid("a project cannot be both public and hidden");
        if (request.Priority is < 0 or > int.MaxValue) throw TrackerException.Invalid($"the priority must be from 0 to {int.MaxValue}");
        if (request.Chain is < 0) throw TrackerException.Invalid("the chain must be the id of a project");
        return new ProjectDetails
        {
            Name = request.Name ?? "",
            Priority = (int)(request.Priority ?? 0),
            CloneUrl = request.CloneUrl ?? "",
            GitRepo = request.GitRepo ?? "",
            Version = request.Version ?? "",
            Motd = request.Motd ?? "",
            Visibility = request.Public == true ? ProjectVisibility.Public
                : request.Hidden == true ? ProjectVisibility.Hidden
                : ProjectVisibility.Private,
            Chain = request.Chain is null or 0 ? null : request.Chain,
            IsPaused = request.Paused ?? false,
            AssignRate = Rate(request.AssignRate),
            SubmitRate = Rate(request.SubmitRate),
        };
    }

    /// <summary>A worker, without its secret.</summary>
    public static WorkerMessage Message(TrackerWorker worker) => new()
    {
        Id = worker.Id,
        Created = worker.CreatedAt / 1000,
        Alias = worker.Alias.Length > 0 ? worker.Alias : null,
        Paused = worker.IsPaused,
    };

    /// <summary>The access of a worker to a project.</summary>
    public static AccessMessage Message(WorkerWithAccess entry, long project) =>
        new(entry.Access.MaySubmit, entry.Access.MayAssign, entry.Access.IsPending, Message(entry.Worker), project);

    /// <summary>A snapshot of a project.</summary>
    public static SnapshotMessage Message(ProjectSnapshot snapshot) => new(
        snapshot.Waiting, snapshot.Failed, snapshot.Closed, snapshot.Accesses, snapshot.Awaiting, snapshot.TakenAt / 1000);

    /// <summary>0 means unlimited, and so does the value that unlimited is sent as.</summary>
    private static double? Rate(double? rate) => rate switch
    {
        null or 0 or >= Unlimited => null,
        < 0 => throw TrackerException.Invalid("a rate must not be negative"),
        _ => rate,
    };
}
