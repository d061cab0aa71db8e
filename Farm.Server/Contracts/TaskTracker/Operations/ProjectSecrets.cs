using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Secrets;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>
/// The secrets of a project: one for its workers, and the webhook secret that signs push events (Contracts/TaskTracker/Contract.md sections 4.4
/// and 4.6).
/// </summary>
internal sealed class ProjectSecrets(FarmStore store, SecretBox box, ProjectLog log, AuditLog audit)
{
    private const string ForWorkers = "secret";
    private const string ForWebhooks = "webhook secret";

    /// <summary>Encrypts the secret for workers of a project, as it is stored.</summary>
    public static string Seal(SecretBox box, long project, string secret) => box.Seal(secret, Place(project, ForWorkers));

    /// <summary>Encrypts the webhook secret of a project, as it is stored.</summary>
    public static string SealWebhook(SecretBox box, long project, string secret) => box.Seal(secret, Place(project, ForWebhooks));

    /// <summary>Decrypts the webhook secret of a project.</summary>
    /// <exception cref="FarmException">It was encrypted with another key (conflict).</exception>
    public static string ReadWebhook(SecretBox box, long project, string stored) => box.Read(stored, Place(project, ForWebhooks));

    /// <summary>Encrypts the secrets that were stored when the farm did not do so yet.</summary>
    public async Task SealOldAsync()
    {
        if (!store.Read(ProjectTable.Secrets).Exists(row => !SecretBox.IsSealed(row.Secret) || !SecretBox.IsSealed(row.WebhookSecret))) return;
        await store.WriteAsync(tx =>
        {
            foreach (var (project, secret, webhook) in ProjectTable.Secrets(tx.Db))
            {
                if (!SecretBox.IsSealed(secret)) ProjectTable.SetSecret(tx.Db, project, Seal(box, project, secret));
                if (!SecretBox.IsSealed(webhook)) ProjectTable.SetWebhookSecret(tx.Db, project, SealWebhook(box, project, webhook));
            }
        });
    }

    /// <summary>The secret, for a worker.</summary>
    /// <exception cref="FarmException">The worker has no granted access (forbidden).</exception>
    public string ForWorker(FarmWorker worker, long projectId) => store.Read(db =>
        ProjectPermissions.MayReadSecret(ProjectAccessTable.Of(db, projectId, worker.Id)) && ProjectTable.ById(db, projectId) is not null
            ? box.Read(ProjectTable.Secret(db, projectId)!, Place(projectId, ForWorkers))
            : throw ProjectRights.Forbidden("this worker has no access to the project"));

    /// <summary>The secret, for a manager.</summary>
    /// <exception cref="FarmException">The role is missing (forbidden), or the project is unknown.</exception>
    public Task<string> ReadAsync(Caller caller, long projectId) => ReadAsync(caller, projectId, ProjectTable.Secret, ForWorkers);

    /// <summary>The webhook secret.</summary>
    /// <exception cref="FarmException">The role is missing (forbidden), or the project is unknown.</exception>
    public Task<string> ReadWebhookAsync(Caller caller, long projectId) => ReadAsync(caller, projectId, ProjectTable.WebhookSecret, ForWebhooks);

    /// <summary>Replaces the secret.</summary>
    /// <exception cref="FarmException">The role is missing (forbidden), the project is unknown, or the text is invalid.</exception>
    public Task SetAsync(Caller caller, long projectId, string secret) => SetAsync(caller, ProjectVerb.SetSecret, projectId, secret, ProjectTable.SetSecret, ForWorkers);

    /// <summary>Replaces the webhook secret.</summary>
    /// <exception cref="FarmException">The role is missing (forbidden), the project is unknown, or the text is invalid.</exception>
    public Task SetWebhookAsync(Caller caller, long projectId, string secret) =>
        SetAsync(caller, ProjectVerb.SetWebhookSecret, projectId, secret, ProjectTable.SetWebhookSecret, ForWebhooks);

    private Task SetAsync(
        Caller caller, string verb, long projectId, string secret, Action<StoreSession, long, string> set, string what) => audit.WriteAsync(caller, verb, (tx, action) =>
    {
        var by = caller.Account;
        ProjectRights.Require(tx.Db, by, projectId, ProjectRoles.Secret, action);
        if (secret.Contains('\0')) throw FarmException.Invalid($"the {what} must not contain the character U+0000");
        var project = ProjectRights.Existing(tx.Db, projectId);
        set(tx.Db, projectId, box.Seal(secret, Place(projectId, what)));
        log.Add(
            tx, ProjectLogLevel.Info, $"the {what} of {ProjectLog.Name(projectId, project.Details)} was changed", ("project", projectId), ("manager", by!.Username));
    });

    /// <summary>Who read a secret is in the audit, so that it is known who may know it.</summary>
    private Task<string> ReadAsync(Caller caller, long projectId, Func<StoreSession, long, string?> read, string what) => audit.RunAsync(caller, ProjectVerb.ReadSecret, action =>
        Task.FromResult(store.Read(db =>
        {
            ProjectRights.Require(db, caller.Account, projectId, ProjectRoles.Secret, action);
            ProjectRights.Existing(db, projectId);
            action.Change(null, $"the {what} was shown");
            return box.Read(read(db, projectId)!, Place(projectId, what));
        })));

    /// <summary>Where a secret is stored, so that it cannot be read from another place.</summary>
    private static string Place(long project, string what) => $"project {project} {what}";
}
