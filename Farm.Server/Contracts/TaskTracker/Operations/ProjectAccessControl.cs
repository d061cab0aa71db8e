using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Accounts;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>Workers ask for access to projects, and managers grant it, to workers and to each other (Contracts/TaskTracker/Contract.md sections 2.2 and 2.3).</summary>
internal sealed class ProjectAccessControl(FarmStore store, ProjectLog log)
{
    /// <summary>A worker asks for access.</summary>
    /// <exception cref="FarmException">It asks for nothing, there is no such project (both invalid), or it asked already (conflict).</exception>
    public Task RequestAsync(FarmWorker worker, long projectId, bool assign, bool submit) => store.WriteAsync(tx =>
    {
        if (!assign && !submit) throw FarmException.Invalid("ask for assign, submit or both");
        var project = ProjectTable.ById(tx.Db, projectId) ?? throw FarmException.Invalid("there is no such project");
        if (ProjectAccessTable.Of(tx.Db, projectId, worker.Id) is not null) throw FarmException.Conflict("this worker asked already");
        ProjectAccessTable.Insert(tx.Db, projectId, worker.Id, new ProjectAccess(assign, submit, IsPending: true));
        log.Add(
            tx, ProjectLogLevel.Info, $"{worker.Name} asks for access to {ProjectLog.Name(projectId, project.Details)}", ("project", projectId), ("worker", worker.Id));
        tx.Publish(new FarmEvent(FarmEventKind.Job, project.Uuid));
    });

    /// <summary>What workers have in a project: granted first, then pending, by name.</summary>
    /// <exception cref="FarmException">The role is missing (forbidden).</exception>
    public List<WorkerWithAccess> Accesses(Account? by, long projectId) => store.Read(db =>
    {
        ProjectRights.Require(db, by, projectId, ProjectRoles.ManageAccess);
        return ProjectPeopleView.Workers(db, projectId);
    });

    /// <summary>Grants what a worker asked for; asking again changes nothing. False when it asked for nothing.</summary>
    /// <exception cref="FarmException">The role is missing (forbidden).</exception>
    public Task<bool> AcceptAsync(Account? by, long projectId, long workerId) =>
        ChangeAsync(by, projectId, workerId, ProjectAccessTable.Grant, "has access to");

    /// <summary>Refuses what a worker asked for, or takes away what it was granted. False when that is nothing.</summary>
    /// <exception cref="FarmException">The role is missing (forbidden).</exception>
    public Task<bool> RejectAsync(Account? by, long projectId, long workerId) =>
        ChangeAsync(by, projectId, workerId, ProjectAccessTable.Remove, "has no access to");

    /// <summary>Who may do what in a project, in the order of their registration.</summary>
    public List<ManagerWithRoles> Managers(long projectId) => store.Read(db => ProjectPeopleView.Managers(db, projectId));

    /// <summary>Gives a manager these roles in a project, in place of those before.</summary>
    /// <param name="by">Who gives them.</param>
    /// <param name="projectId">The project.</param>
    /// <param name="managerId">Who gets them.</param>
    /// <param name="roles">The roles; other bits are ignored.</param>
    /// <exception cref="FarmException">The role is missing, or one that is given (forbidden); there is no such manager or project (invalid).</exception>
    public Task SetRolesAsync(Account? by, long projectId, long managerId, ProjectRoles roles) => store.WriteAsync(tx =>
    {
        ProjectRights.Require(tx.Db, by, projectId, ProjectRoles.ManageAccess);
        var project = ProjectTable.ById(tx.Db, projectId) ?? throw FarmException.Invalid("there is no such project");
        var manager = AccountTable.ById(tx.Db, managerId) ?? throw FarmException.Invalid("there is no such manager");
        var before = ProjectRoleTable.Of(tx.Db, projectId, managerId);
        var after = roles & ProjectRoles.All;
        if (!ProjectRoleRules.MayGrant(ProjectRights.Of(tx.Db, by, projectId), by!.IsAdministrator, before, after))
            throw ProjectRights.Forbidden("nobody can give a role that he has not himself");
        ProjectRoleTable.Set(tx.Db, projectId, managerId, after);
        log.Add(
            tx, ProjectLogLevel.Info, $"the roles of {manager.Username} in {ProjectLog.Name(projectId, project.Details)} were changed",
            ("project", projectId), ("role", (int)after), ("manager", by.Username));
        tx.Publish(new FarmEvent(FarmEventKind.Job, project.Uuid));
    });

    private Task<bool> ChangeAsync(Account? by, long projectId, long workerId, Func<SqliteSession, long, long, bool> change, string words) => store.WriteAsync(tx =>
    {
        ProjectRights.Require(tx.Db, by, projectId, ProjectRoles.ManageAccess);
        var worker = WorkerTable.ById(tx.Db, workerId);
        if (ProjectTable.ById(tx.Db, projectId) is not { } project || !change(tx.Db, projectId, workerId)) return false;
        log.Add(
            tx, ProjectLogLevel.Info, $"{worker?.Name ?? "a worker"} {words} {ProjectLog.Name(projectId, project.Details)}",
            ("project", projectId), ("worker", workerId), ("manager", by!.Username));
        Tell(tx, project, worker);
        return true;
    });

    private static void Tell(WriteTransaction tx, Project project, FarmWorker? worker) =>
        tx.Publish(new FarmEvent(FarmEventKind.Job, project.Uuid, Worker: worker?.Uuid));
}
