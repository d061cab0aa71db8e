using Farm.Server.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Projects;
using Farm.Server.Domain.Workers;
using Farm.Server.Store;

namespace Farm.Server.Operations.Projects;

/// <summary>
/// What only some may know about a project: what its workers need, and the key with which push events are signed (contracts/task_tracker.md
/// sections 4.4 and 4.6).
/// </summary>
internal sealed class ProjectSecrets(FarmStore store, ProjectLog log)
{
    /// <summary>The secret, for a worker.</summary>
    /// <exception cref="FarmError">The worker was not granted access (forbidden).</exception>
    public string ForWorker(Worker worker, long projectId) => store.Read(db =>
        ProjectPermissions.MayReadSecret(ProjectAccessRows.Of(db, projectId, worker.Id)) && ProjectRows.ById(db, projectId) is not null
            ? ProjectRows.Secret(db, projectId)!
            : throw ProjectRights.Forbidden("this worker has no access to the project"));

    /// <summary>The secret, for a manager.</summary>
    /// <exception cref="FarmError">The role is missing (forbidden), or there is no such project.</exception>
    public string Read(Account? by, long projectId) => store.Read(db => Guarded(db, by, projectId, ProjectRows.Secret));

    /// <summary>The key of push events.</summary>
    /// <exception cref="FarmError">The role is missing (forbidden), or there is no such project.</exception>
    public string ReadWebhook(Account? by, long projectId) => store.Read(db => Guarded(db, by, projectId, ProjectRows.WebhookSecret));

    /// <summary>Replaces the secret.</summary>
    /// <exception cref="FarmError">The role is missing (forbidden), there is no such project, or the text cannot be stored (invalid).</exception>
    public Task Set(Account? by, long projectId, string secret) => Set(by, projectId, secret, ProjectRows.SetSecret, "secret");

    /// <summary>Replaces the key of push events.</summary>
    /// <exception cref="FarmError">The role is missing (forbidden), there is no such project, or the text cannot be stored (invalid).</exception>
    public Task SetWebhook(Account? by, long projectId, string secret) => Set(by, projectId, secret, ProjectRows.SetWebhookSecret, "webhook secret");

    private Task Set(Account? by, long projectId, string secret, Action<Statements, long, string> set, string what) => store.Write(tx =>
    {
        ProjectRights.Require(tx.Db, by, projectId, ProjectRoles.Secret);
        if (secret.Contains('\0')) throw FarmError.Invalid($"the {what} has the character U+0000 in it");
        var project = ProjectRights.Existing(tx.Db, projectId);
        set(tx.Db, projectId, secret);
        log.Add(
            tx, ProjectLogLevel.Info, $"the {what} of {ProjectLog.Name(projectId, project.Details)} was changed", ("project", projectId), ("manager", by!.Username));
    });

    private static string Guarded(Statements db, Account? by, long projectId, Func<Statements, long, string?> read)
    {
        ProjectRights.Require(db, by, projectId, ProjectRoles.Secret);
        ProjectRights.Existing(db, projectId);
        return read(db, projectId)!;
    }
}
