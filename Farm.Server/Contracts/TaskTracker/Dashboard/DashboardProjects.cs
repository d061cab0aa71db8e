using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared.Dashboard;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using ProjectRoles = Farm.Dashboard.Ports.ProjectRoles;
using ProjectVisibility = Farm.Dashboard.Ports.ProjectVisibility;

namespace Farm.Server.Contracts.TaskTracker.Dashboard;

/// <summary>Projects for the dashboard, with the visitor's permissions.</summary>
internal sealed class DashboardProjects(
    DashboardPeople people, FarmAccounts accounts, ProjectQueries queries, ProjectAccessControl access, ProjectSecrets secrets,
    ProjectMaintenance maintenance, TimeProvider time, bool isEnabled) : IFarmProjects
{
    private const int MaxAssignees = 16;

    /// <inheritdoc/>
    public bool IsEnabled => isEnabled;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ProjectRow>> ReadProjectsAsync(CancellationToken cancellationToken) =>
        [.. queries.Visible(await people.AccountAsync()).Select(Map)];

    /// <inheritdoc/>
    public async Task<ProjectDetail?> FindProjectAsync(long projectId, CancellationToken cancellationToken)
    {
        var account = await people.AccountAsync();
        if (queries.View(account, projectId) is not { } view) return null;
        var details = view.Project.Details;
        var chain = details.Chain is { } next && queries.View(account, next) is { } following ? new ProjectLink(next, following.Project.Details.Name) : null;
        return new ProjectDetail(
            Map(view), details.CloneUrl, details.GitRepo, details.Version, details.Motd, chain, (ProjectRoles)view.Roles,
            [.. queries.Assignees(projectId, MaxAssignees).Select(assignee => new ProjectAssignee(assignee.Name, assignee.Tasks))],
            view.Roles.HasFlag(Domain.ProjectRoles.ManageAccess) ? Accesses(account, projectId) : [],
            account is null ? [] : [.. access.Managers(projectId).Select(entry => new ProjectManager(entry.Manager.Username, (ProjectRoles)entry.Roles))]);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ProjectMoment>> ReadMomentsAsync(long projectId, TimeSpan back, int max, CancellationToken cancellationToken)
    {
        if (queries.View(await people.AccountAsync(), projectId) is null) return [];
        var now = time.GetUtcNow();
        var all = queries.Snapshots(projectId, (now - back).ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());
        all.Reverse();
        // Thins out from the end, so that the newest snapshot is included.
        var step = (all.Count + max - 1) / Math.Max(1, max);
        return [.. all.Where((_, place) => (all.Count - 1 - place) % Math.Max(1, step) == 0).Select(Map)];
    }

    /// <inheritdoc/>
    public Task<ProjectSecretTexts> ReadSecretsAsync(long projectId, CancellationToken cancellationToken) => DoAsync(
        "Cannot read the secrets", async caller =>
            new ProjectSecretTexts(await secrets.ReadAsync(caller, projectId), await secrets.ReadWebhookAsync(caller, projectId)));

    /// <inheritdoc/>
    public Task SetSecretAsync(long projectId, string secret, CancellationToken cancellationToken) =>
        DoAsync("Cannot save the secret", caller => secrets.SetAsync(caller, projectId, secret));

    /// <inheritdoc/>
    public Task SetWebhookSecretAsync(long projectId, string secret, CancellationToken cancellationToken) =>
        DoAsync("Cannot save the webhook secret", caller => secrets.SetWebhookAsync(caller, projectId, secret));

    /// <inheritdoc/>
    public Task AcceptAsync(long projectId, long workerId, CancellationToken cancellationToken) => DoAsync("Cannot grant access", async caller =>
    {
        if (!await access.AcceptAsync(caller, projectId, workerId)) throw FarmException.NotFound("the worker has no request any more");
    });

    /// <inheritdoc/>
    public Task RejectAsync(long projectId, long workerId, CancellationToken cancellationToken) => DoAsync("Cannot revoke access", async caller =>
    {
        if (!await access.RejectAsync(caller, projectId, workerId)) throw FarmException.NotFound("the worker has no access any more");
    });

    /// <inheritdoc/>
    public Task SetRolesAsync(long projectId, string username, ProjectRoles roles, CancellationToken cancellationToken) =>
        DoAsync("Cannot change the roles", caller => accounts.Find(username) is { } manager
            ? access.SetRolesAsync(caller, projectId, manager.Id, (Domain.ProjectRoles)roles)
            : throw FarmException.NotFound($"no such user: \"{username}\""));

    /// <inheritdoc/>
    public Task<long> ResetFailedAsync(long projectId, CancellationToken cancellationToken) =>
        DoAsync("Cannot reset the failed tasks", caller => maintenance.ResetFailedAsync(caller, projectId));

    /// <inheritdoc/>
    public Task<long> ReclaimAsync(long projectId, CancellationToken cancellationToken) =>
        DoAsync("Cannot reclaim the tasks", caller => maintenance.ReclaimAsync(caller, projectId));

    /// <inheritdoc/>
    public Task<long> HardResetAsync(long projectId, CancellationToken cancellationToken) =>
        DoAsync("Cannot remove the tasks", caller => maintenance.HardResetAsync(caller, projectId));

    private static ProjectRow Map(ProjectView view) => new(
        view.Project.Id, view.Project.Uuid, view.Project.Details.Name, view.Project.Details.Priority,
        view.Project.Details.Visibility.As<ProjectVisibility>(), view.Project.Details.IsPaused, DashboardValues.Map(view.Tasks), view.Project.TasksClosed,
        view.Project.Details.AssignRate, view.Project.Details.SubmitRate);

    private static ProjectMoment Map(ProjectSnapshot snapshot) => new(
        DashboardValues.Time(snapshot.TakenAt), snapshot.Waiting, snapshot.Failed, snapshot.Awaiting, snapshot.Closed);

    private List<ProjectAccessRow> Accesses(Account? account, long projectId) => [.. access.Accesses(account, projectId).Select(entry =>
        new ProjectAccessRow(
            entry.Worker.Id, new WorkerLink(entry.Worker.Uuid, entry.Worker.Alias), entry.Access.MayAssign, entry.Access.MaySubmit,
            entry.Access.IsPending))];

    private Task DoAsync(string failure, Func<Caller, Task> action) => DoAsync(failure, async caller =>
    {
        await action(caller);
        return true;
    });

    private async Task<T> DoAsync<T>(string failure, Func<Caller, Task<T>> action)
    {
        try
        {
            return await action(await people.CallerAsync());
        }
        catch (FarmException error)
        {
            throw new FarmActionException($"{failure}: {error.Message}.");
        }
    }
}
