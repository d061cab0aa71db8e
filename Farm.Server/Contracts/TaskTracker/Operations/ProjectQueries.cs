using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>A project with its task counts and the caller's roles.</summary>
internal sealed record ProjectView(Project Project, TaskCounts Tasks, ProjectRoles Roles);

/// <summary>Reads projects, as visible to an account.</summary>
internal sealed class ProjectQueries(IReadStore store)
{
    private const string Unassigned = "unassigned";

    /// <summary>A project and an account's roles in it, regardless of visibility; null when it does not exist.</summary>
    public (Project Project, ProjectRoles Roles)? Find(Account? account, long id) => store.Read(db =>
        ProjectTable.ById(db, id) is { } project ? (project, ProjectRights.Of(db, account, id)) : ((Project, ProjectRoles)?)null);

    /// <summary>The projects that an account may see, by name.</summary>
    public List<ProjectView> Visible(Account? account) => store.Read(db =>
    {
        var roles = account is null ? [] : ProjectRoleTable.OfAccount(db, account.Id);
        return ProjectListView.All(db)
            .Select(project => new ProjectView(
                project.ToProject(), project.Tasks, account is { IsAdministrator: true } ? ProjectRoles.All : roles.GetValueOrDefault(project.Id)))
            .Where(view => ProjectPermissions.MayRead(view.Project.Details.Visibility, view.Roles.HasFlag(ProjectRoles.Read)))
            .ToList();
    });

    /// <summary>A project with its task counts; null when it does not exist or the account may not see it.</summary>
    public ProjectView? View(Account? account, long id) => store.Read(db =>
    {
        if (ProjectListView.Find(db, id) is not { } project) return null;
        var roles = ProjectRights.Of(db, account, id);
        return ProjectPermissions.MayRead(project.Visibility, roles.HasFlag(ProjectRoles.Read))
            ? new ProjectView(project.ToProject(), project.Tasks, roles)
            : null;
    });

    /// <summary>The number of tasks of a project per worker, unassigned ones included; fewest first.</summary>
    public List<Assignee> Assignees(long id, int max) => store.Read(db => ProjectListView.Assignees(db, id, Unassigned, max));

    /// <summary>The newest snapshots of a project, newest first.</summary>
    public List<ProjectSnapshot> Snapshots(long id, int count) => store.Read(db => ProjectSnapshotTable.Newest(db, id, count));

    /// <summary>The snapshots of a project between two times (unix milliseconds), newest first.</summary>
    public List<ProjectSnapshot> Snapshots(long id, long from, long to) => store.Read(db => ProjectSnapshotTable.Between(db, id, from, to));
}
