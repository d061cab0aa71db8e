using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Secrets;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>
/// The secrets of a project: one for its workers, and the webhook secret that signs push events (Contracts/TaskTracker/Contract.md sections 4.4
/// and 4.6).
/// </summary>
internal sealed class ProjectSecrets(FarmStore store, SecretBox box, ProjectLog log)
{
    /// <summary>Where the secret for workers is stored.</summary>
    public static string Place(long project) => $"project {project} secret";

    /// <summary>Where the webhook secret is stored.</summary>
    public static string WebhookPlace(long project) => $"project {project} webhook secret";

    /// <summary>Encrypts the secrets that were stored when the farm did not do so yet.</summary>
    public Task SealOldAsync() => store.WriteAsync(tx =>
    {
        foreach (var (project, secret, webhook) in ProjectTable.Secrets(tx.Db))
        {
            if (!SecretBox.IsSealed(secret)) ProjectTable.SetSecret(tx.Db, project, box.Seal(secret, Place(project)));
            if (!SecretBox.IsSealed(webhook)) ProjectTable.SetWebhookSecret(tx.Db, project, box.Seal(webhook, WebhookPlace(project)));
        }
    });

    /// <summary>The secret, for a worker.</summary>
    /// <exception cref="FarmException">The worker has no granted access (forbidden).</exception>
    public string ForWorker(FarmWorker worker, long projectId) => store.Read(db =>
        ProjectPermissions.MayReadSecret(ProjectAccessTable.Of(db, projectId, worker.Id)) && ProjectTable.ById(db, projectId) is not null
            ? box.Read(ProjectTable.Secret(db, projectId)!, Place(projectId))
            : throw ProjectRights.Forbidden("this worker has no access to the project"));

    /// <summary>The secret, for a manager.</summary>
    /// <exception cref="FarmException">The role is missing (forbidden), or the project is unknown.</exception>
    public string Read(Account? by, long projectId) => store.Read(db => Guarded(db, by, projectId, ProjectTable.Secret, Place));

    /// <summary>The webhook secret.</summary>
    /// <exception cref="FarmException">The role is missing (forbidden), or the project is unknown.</exception>
    public string ReadWebhook(Account? by, long projectId) => store.Read(db => Guarded(db, by, projectId, ProjectTable.WebhookSecret, WebhookPlace));

    /// <summary>Replaces the secret.</summary>
    /// <exception cref="FarmException">The role is missing (forbidden), the project is unknown, or the text is invalid.</exception>
    public Task SetAsync(Account? by, long projectId, string secret) => SetAsync(by, projectId, secret, ProjectTable.SetSecret, Place, "secret");

    /// <summary>Replaces the webhook secret.</summary>
    /// <exception cref="FarmException">The role is missing (forbidden), the project is unknown, or the text is invalid.</exception>
    public Task SetWebhookAsync(Account? by, long projectId, string secret) => SetAsync(by, projectId, secret, ProjectTable.SetWebhookSecret, WebhookPlace, "webhook secret");

    private Task SetAsync(
        Account? by, long projectId, string secret, Action<StoreSession, long, string> set, Func<long, string> place, string what) => store.WriteAsync(tx =>
    {
        ProjectRights.Require(tx.Db, by, projectId, ProjectRoles.Secret);
        if (secret.Contains('\0')) throw FarmException.Invalid($"the {what} must not contain the character U+0000");
        var project = ProjectRights.Existing(tx.Db, projectId);
        set(tx.Db, projectId, box.Seal(secret, place(projectId)));
        log.Add(
            tx, ProjectLogLevel.Info, $"the {what} of {ProjectLog.Name(projectId, project.Details)} was changed", ("project", projectId), ("manager", by!.Username));
    });

    private string Guarded(StoreSession db, Account? by, long projectId, Func<StoreSession, long, string?> read, Func<long, string> place)
    {
        ProjectRights.Require(db, by, projectId, ProjectRoles.Secret);
        ProjectRights.Existing(db, projectId);
        return box.Read(read(db, projectId)!, place(projectId));
    }
}
