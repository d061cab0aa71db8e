using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Audit;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Audit;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Accounts;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>Access of workers and roles of managers in projects (Contracts/TaskTracker/Contract.md sections 2.2 and 2.3).</summary>
internal sealed class ProjectAccessControl(FarmStore store, ProjectLog log, AuditLog audit)
{
    /// <summary>Requests access for a worker.</summary>
    /// <exception cref="FarmException">No access was requested or the project is unknown (invalid), or a request exists (conflict).</exception>
    public Task RequestAsync(FarmWorker worker, long projectId, bool assign, bool submit) => store.WriteAsync(tx =>
    {
        if (!assign && !submit) throw FarmException.Invalid("request assign, submit or both");
        var project = ProjectTable.ById(tx.Db, projectId) ?? throw FarmException.Invalid("no such project");
        if (ProjectAccessTable.Of(tx.Db, projectId, worker.Id) is not null) throw FarmException.Conflict("this worker already requested access");
        ProjectAccessTable.Insert(tx.Db, projectId, worker.Id, new ProjectAccess(assign, submit, IsPending: true));
        AuditLog.Add(
            tx, Caller.Worker(worker.Name, worker.Address), ProjectVerb.RequestAccess, new AuditTarget("project", $"{projectId}", project.Details.Name),
            after: assign && submit ? "assign and submit" : assign ? "assign" : "submit");
        log.Add(
            tx, ProjectLogLevel.Info, $"{worker.Name} requested access to {ProjectLog.Name(projectId, project.Details)}", ("project", projectId), ("worker", worker.Id));
        tx.Publish(new FarmEvent(FarmEventKind.Job, project.Uuid));
    });

    /// <summary>The access of workers to a project: granted first, then pending, by name.</summary>
    /// <exception cref="FarmException">The role is missing (forbidden).</exception>
    public List<WorkerWithAccess> Accesses(Account? by, long projectId) => store.Read(db =>
    {
        ProjectRights.Require(db, by, projectId, ProjectRoles.ManageAccess);
        return ProjectPeopleView.Workers(db, projectId);
    });

    /// <summary>Grants the requested access of a worker; false when there is no request. Can be repeated.</summary>
    /// <exception cref="FarmException">The role is missing (forbidden).</exception>
    public Task<bool> AcceptAsync(Caller caller, long projectId, long workerId) =>
        ChangeAsync(caller, ProjectVerb.Grant, projectId, workerId, ProjectAccessTable.Grant, "was granted access to");

    /// <summary>Rejects a request or revokes the access of a worker; false when it has neither.</summary>
    /// <exception cref="FarmException">The role is missing (forbidden).</exception>
    public Task<bool> RejectAsync(Caller caller, long projectId, long workerId) =>
        ChangeAsync(caller, ProjectVerb.Deny, projectId, workerId, ProjectAccessTable.Remove, "was denied access to");

    /// <summary>The managers of a project with their roles, in order of registration.</summary>
    public List<ManagerWithRoles> Managers(long projectId) => store.Read(db => ProjectPeopleView.Managers(db, projectId));

    /// <summary>Replaces the roles of a manager in a project.</summary>
    /// <param name="caller">Who changes them.</param>
    /// <param name="projectId">The project.</param>
    /// <param name="managerId">The manager.</param>
    /// <param name="roles">The new roles; unknown bits are ignored.</param>
    /// <exception cref="FarmException">The caller lacks ManageAccess or a role to grant (forbidden); the manager or project is unknown (invalid).</exception>
    public Task SetRolesAsync(Caller caller, long projectId, long managerId, ProjectRoles roles) => audit.WriteAsync(caller, ProjectVerb.SetRoles, (tx, action) =>
    {
        var by = caller.Account;
        ProjectRights.Require(tx.Db, by, projectId, ProjectRoles.ManageAccess, action);
        var project = ProjectTable.ById(tx.Db, projectId) ?? throw FarmException.Invalid("no such project");
        var manager = AccountTable.ById(tx.Db, managerId) ?? throw FarmException.Invalid("no such manager");
        var before = ProjectRoleTable.Of(tx.Db, projectId, managerId);
        var after = roles & ProjectRoles.All;
        action.Change($"{manager.Username}: {before}", $"{manager.Username}: {after}");
        if (!ProjectRoleRules.MayGrant(ProjectRights.Of(tx.Db, by, projectId), by!.IsAdministrator, before, after))
            throw ProjectRights.Forbidden("you cannot grant a role that you do not have");
        ProjectRoleTable.Set(tx.Db, projectId, managerId, after);
        log.Add(
            tx, ProjectLogLevel.Info, $"the roles of {manager.Username} in {ProjectLog.Name(projectId, project.Details)} were changed",
            ("project", projectId), ("role", (int)after), ("manager", by.Username));
        tx.Publish(new FarmEvent(FarmEventKind.Job, project.Uuid));
    });

    private Task<bool> ChangeAsync(
        Caller caller, string verb, long projectId, long workerId, Func<StoreSession, long, long, bool> change, string words) => audit.WriteAsync(caller, verb, (tx, action) =>
    {
        var by = caller.Account;
        ProjectRights.Require(tx.Db, by, projectId, ProjectRoles.ManageAccess, action);
        var worker = WorkerTable.ById(tx.Db, workerId);
        if (ProjectTable.ById(tx.Db, projectId) is not { } project || !change(tx.Db, projectId, workerId))
        {
            action.DoesNothing();
            return false;
        }

        action.Change(null, $"worker {worker?.Name ?? $"{workerId}"}");
        log.Add(
            tx, ProjectLogLevel.Info, $"{worker?.Name ?? "a worker"} {words} {ProjectLog.Name(projectId, project.Details)}",
            ("project", projectId), ("worker", workerId), ("manager", by!.Username));
        Publish(tx, project, worker);
        return true;
    });

    private static void Publish(WriteTransaction tx, Project project, FarmWorker? worker) =>
        tx.Publish(new FarmEvent(FarmEventKind.Job, project.Uuid, Worker: worker?.Uuid));
}
