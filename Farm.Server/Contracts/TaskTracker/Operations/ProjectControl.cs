using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Audit;
using Farm.Server.Domain.Events;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Jobs;
using Farm.Server.Operations.Secrets;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>Creates and updates projects (Contracts/TaskTracker/Contract.md section 4.4).</summary>
internal sealed class ProjectControl(OpenJobs open, SecretBox box, ProjectLog log, AuditLog audit, TimeProvider time)
{
    /// <summary>The secret of a new project.</summary>
    private const string InitialSecret = "{}";

    /// <summary>Creates a project; its creator gets all roles.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="FarmException">
    /// The details are invalid, the name is taken (conflict), or the caller may not make it public or chain it to that project (forbidden).
    /// </exception>
    public Task<long> CreateAsync(Caller caller, ProjectDetails details) => audit.WriteAsync(caller, ProjectVerb.Create, (tx, action) =>
    {
        var by = Signed(caller);
        action.On(new AuditTarget("project", "", details.Name));
        Check(tx, by, details, id: 0, before: null);
        var uuid = Guid.CreateVersion7(time.GetUtcNow());
        var id = open.Create(tx, caller, uuid, details.Name, ProjectKind.JobKind, details.Priority);
        ProjectTable.Insert(
            tx.Db, id, details, ProjectSecrets.Seal(box, id, InitialSecret), ProjectSecrets.SealWebhook(box, id, Guid.NewGuid().ToString()));
        ProjectRoleTable.Set(tx.Db, id, by.Id, ProjectRoles.All);
        action.On(new AuditTarget("project", $"{id}", details.Name));
        log.Add(tx, ProjectLogLevel.Info, $"{ProjectLog.Name(id, details)} was created", ("project", id), ("manager", by.Username));
        return id;
    });

    /// <summary>Replaces the details of a project and resets its rate limits.</summary>
    /// <exception cref="FarmException">As for <see cref="CreateAsync"/>, or the project is unknown, or the role is missing (forbidden).</exception>
    public Task UpdateAsync(Caller caller, long id, ProjectDetails details) => audit.WriteAsync(caller, ProjectVerb.Change, (tx, action) =>
    {
        var by = Signed(caller);
        ProjectRights.Require(tx.Db, by, id, ProjectRoles.Edit, action);
        var before = ProjectRights.Existing(tx.Db, id);
        action.Change(ProjectWords.Before(before.Details, details), ProjectWords.After(before.Details, details));
        Check(tx, by, details, id, before.Details);
        ProjectTable.Update(tx.Db, id, details);
        JobTable.SetNameAndPriority(tx.Db, id, details.Name, details.Priority, tx.Now);
        if (details.Priority != before.Details.Priority) StageTable.SetJobPriority(tx.Db, id, details.Priority);
        log.Add(tx, ProjectLogLevel.Info, $"{ProjectLog.Name(id, details)} was changed", ("project", id), ("manager", by.Username));
        Changed(tx, before);
    });

    /// <summary>Sets the commit that workers check out, after a push (section 4.6).</summary>
    /// <exception cref="FarmException">The project is unknown.</exception>
    public Task SetVersionAsync(Caller caller, long id, string version) => audit.WriteAsync(caller, ProjectVerb.Push, (tx, action) =>
    {
        var project = ProjectRights.Existing(tx.Db, id);
        action.On(new AuditTarget("project", $"{id}", project.Details.Name));
        action.Change(project.Details.Version, version);
        ProjectTable.SetVersion(tx.Db, id, version);
        log.Add(tx, ProjectLogLevel.Info, $"a push changed the version of {ProjectLog.Name(id, project.Details)}", ("project", id), ("version", version));
        tx.Publish(new FarmEvent(FarmEventKind.Job, project.Uuid));
    });

    /// <summary>The account of the caller. Only people with one have projects.</summary>
    private static Account Signed(Caller caller) => caller.Account ?? throw ProjectRights.Forbidden("sign in first");

    private static void Changed(WriteTransaction tx, Project project)
    {
        tx.Publish(new FarmEvent(FarmEventKind.Job, project.Uuid));
        ProjectRates.Fill(tx, project.Id);
    }

    private static void Check(WriteTransaction tx, Account by, ProjectDetails details, long id, ProjectDetails? before)
    {
        if (ProjectRules.WhyNotAllowed(details) is { } problem) throw FarmException.Invalid(problem);
        if (ProjectTable.NameHolder(tx.Db, details.Name) is { } holder && holder != id)
            throw FarmException.Conflict("the name is taken by another project");
        if (details.Visibility == ProjectVisibility.Public && before?.Visibility != ProjectVisibility.Public && !by.IsAdministrator)
            throw ProjectRights.Forbidden("only an administrator may make a project public");
        if (details.Chain is not { } chain || chain == before?.Chain) return;
        if (chain == id) throw FarmException.Invalid("a project cannot be chained to itself");
        ProjectRights.Require(tx.Db, by, chain, ProjectRoles.Edit);
        if (ProjectTable.ById(tx.Db, chain) is null) throw FarmException.Invalid("no such project to chain to");
        if (ProjectRules.IsCycle(id, chain, next => ProjectTable.ById(tx.Db, next)?.Details.Chain))
            throw FarmException.Invalid("the chain would contain a cycle");
    }
}
