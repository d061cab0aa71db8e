using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared.Dashboard;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using ProjectRoles = Farm.Dashboard.Ports.ProjectRoles;
using ProjectVisibility = Farm.Dashboard.Ports.ProjectVisibility;

namespace Farm.Server.Contracts.TaskTracker.Dashboard;

/// <summary>Shows pages the projects that their visitor may see, and does what he may do.</summary>
internal sealed class DashboardProjects(
    DashboardPeople people, FarmAccounts accounts, ProjectQueries queries, ProjectAccessControl access, ProjectSecrets secrets,
    ProjectMaintenance maintenance, TimeProvider time, bool isEnabled) : IFarmProjects
{
    private const int MostAssignees = 16;

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
            [.. queries.Assignees(projectId, MostAssignees).Select(assignee => new ProjectAssignee(assignee.Name, assignee.Tasks))],
            view.Roles.HasFlag(Domain.ProjectRoles.ManageAccess) ? Accesses(account, projectId) : [],
            account is null ? [] : [.. access.Managers(projectId).Select(entry => new ProjectManager(entry.Manager.Username, (ProjectRoles)entry.Roles))]);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ProjectMoment>> ReadMomentsAsync(long projectId, TimeSpan back, int most, CancellationToken cancellationToken)
    {
        if (queries.View(await people.AccountAsync(), projectId) is null) return [];
        var now = time.GetUtcNow();
        var all = queries.Snapshots(projectId, (now - back).ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());
        all.Reverse();
        // Every so-manieth from the end, so that the newest is among them.
        var step = (all.Count + most - 1) / Math.Max(1, most);
        return [.. all.Where((_, place) => (all.Count - 1 - place) % Math.Max(1, step) == 0).Select(Map)];
    }

    /// <inheritdoc/>
    public Task<ProjectSecretTexts> ReadSecretsAsync(long projectId, CancellationToken cancellationToken) => DoAsync(
        "The secrets were not read", account => Task.FromResult(
            new ProjectSecretTexts(secrets.Read(account, projectId), secrets.ReadWebhook(account, projectId))));

    /// <inheritdoc/>
    public Task SetSecretAsync(long projectId, string secret, CancellationToken cancellationToken) =>
        DoAsync("The secret was not saved", account => secrets.SetAsync(account, projectId, secret));

    /// <inheritdoc/>
    public Task SetWebhookSecretAsync(long projectId, string secret, CancellationToken cancellationToken) =>
        DoAsync("The webhook secret was not saved", account => secrets.SetWebhookAsync(account, projectId, secret));

    /// <inheritdoc/>
    public Task AcceptAsync(long projectId, long workerId, CancellationToken cancellationToken) => DoAsync("The worker got no access", async account =>
    {
        if (!await access.AcceptAsync(account, projectId, workerId)) throw FarmException.NotFound("it asks for nothing any more");
    });

    /// <inheritdoc/>
    public Task RejectAsync(long projectId, long workerId, CancellationToken cancellationToken) => DoAsync("Nothing was taken from the worker", async account =>
    {
        if (!await access.RejectAsync(account, projectId, workerId)) throw FarmException.NotFound("it has nothing here any more");
    });

    /// <inheritdoc/>
    public Task SetRolesAsync(long projectId, string username, ProjectRoles roles, CancellationToken cancellationToken) =>
        DoAsync("The roles were not changed", account => accounts.Find(username) is { } manager
            ? access.SetRolesAsync(account, projectId, manager.Id, (Domain.ProjectRoles)roles)
            : throw FarmException.NotFound($"nobody is called \"{username}\""));

    /// <inheritdoc/>
    public Task<long> ResetFailedAsync(long projectId, CancellationToken cancellationToken) =>
        DoAsync("The failed tasks were not reset", account => maintenance.ResetFailedAsync(account, projectId));

    /// <inheritdoc/>
    public Task<long> ReclaimAsync(long projectId, CancellationToken cancellationToken) =>
        DoAsync("The tasks were not taken back", account => maintenance.ReclaimAsync(account, projectId));

    /// <inheritdoc/>
    public Task<long> HardResetAsync(long projectId, CancellationToken cancellationToken) =>
        DoAsync("The tasks were not removed", account => maintenance.HardResetAsync(account, projectId));

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

    private Task DoAsync(string notDone, Func<Account?, Task> action) => DoAsync(notDone, async account =>
    {
        await action(account);
        return true;
    });

    private async Task<T> DoAsync<T>(string notDone, Func<Account?, Task<T>> action)
    {
        try
        {
            return await action(await people.AccountAsync());
        }
        catch (FarmException error)
        {
            throw new FarmActionException($"{notDone}: {error.Message}.");
        }
    }
}
