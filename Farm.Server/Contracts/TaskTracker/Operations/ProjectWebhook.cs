using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain.Access;
using Farm.Server.Operations.Secrets;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>Sets the version of projects after a push to their repository (Contracts/TaskTracker/Contract.md section 4.6).</summary>
internal sealed class ProjectWebhook(IReadStore store, SecretBox box, ProjectControl control)
{
    /// <summary>Whether any project has this repository, case-insensitive.</summary>
    public bool HasProjectFor(string repository) => store.Read(ProjectListView.PushKeys).Any(project => Has(project, repository));

    /// <summary>Sets the version of each project of a repository whose webhook secret signed the push; false when there is none.</summary>
    /// <param name="caller">Who sends the push.</param>
    /// <param name="repository">The repository.</param>
    /// <param name="version">The pushed commit.</param>
    /// <param name="isSigned">Whether a secret signed the push.</param>
    public async Task<bool> PushAsync(Caller caller, string repository, string version, Func<string, bool> isSigned)
    {
        var signed = store.Read(ProjectListView.PushKeys)
            .FindAll(project => Has(project, repository) && Secret(project) is { Length: > 0 } secret && isSigned(secret));
        foreach (var project in signed) await control.SetVersionAsync(caller, project.Id, version);
        return signed.Count > 0;
    }

    private string Secret(ProjectPushKey project) => ProjectSecrets.ReadWebhook(box, project.Id, project.WebhookSecret);

    private static bool Has(ProjectPushKey project, string repository) =>
        project.GitRepo.Length > 0 && string.Equals(project.GitRepo, repository, StringComparison.OrdinalIgnoreCase);
}
