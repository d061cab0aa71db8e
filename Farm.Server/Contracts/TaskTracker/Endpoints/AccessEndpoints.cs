using Farm.Server.Contracts.TaskTracker.Messages;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Domain.Access;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>Access of workers to projects, and their secrets (Contracts/TaskTracker/Contract.md section 4.4).</summary>
internal sealed class AccessEndpoints(TrackerAuthentication authentication, ProjectAccessControl access, ProjectSecrets secrets)
{
    /// <summary><c>POST /project/request_access</c></summary>
    public async Task RequestAsync(HttpContext context)
    {
        var worker = await authentication.RequireWorkerAsync(context, StatusCodes.Status401Unauthorized);
        var request = await TrackerBody.ReadAsync(context, ProjectJson.Default.AccessRequest);
        await access.RequestAsync(worker, request.Project ?? 0, request.Assign ?? false, request.Submit ?? false);
        await context.RespondOkAsync();
    }

    /// <summary><c>GET /project/access_list/:id</c></summary>
    public Task ListAsync(HttpContext context)
    {
        var id = context.Id();
        var accesses = access.Accesses(Caller(context).Account, id).Select(entry => ProjectMapping.Message(entry, id));
        return context.RespondContentAsync(new AccessesContent([.. accesses]), ProjectJson.Default.AccessesContent);
    }

    /// <summary><c>POST /project/accept_request/:id/:wid</c></summary>
    public Task AcceptAsync(HttpContext context) => DecideAsync(context, access.AcceptAsync, "this worker asked for nothing here");

    /// <summary><c>POST /project/reject_request/:id/:wid</c></summary>
    public Task RejectAsync(HttpContext context) => DecideAsync(context, access.RejectAsync, "the worker has no access");

    /// <summary><c>GET /project/secret/:id</c>. Worker credentials take precedence over a session, even if the worker has no access.</summary>
    public async Task SecretAsync(HttpContext context)
    {
        var id = context.Id();
        var secret = await authentication.WorkerAsync(context) is { } worker ? secrets.ForWorker(worker, id) : await secrets.ReadAsync(Caller(context), id);
        await context.RespondContentAsync(new SecretMessage { Secret = secret }, ProjectJson.Default.SecretMessage);
    }

    /// <summary><c>POST /project/secret/:id</c></summary>
    public async Task SetSecretAsync(HttpContext context)
    {
        var id = context.Id();
        var caller = Caller(context);
        var request = await TrackerBody.ReadAsync(context, ProjectJson.Default.SecretMessage);
        await secrets.SetAsync(caller, id, request.Secret ?? "");
        await context.RespondOkAsync();
    }

    /// <summary><c>GET /project/webhook_secret/:id</c></summary>
    public async Task WebhookSecretAsync(HttpContext context)
    {
        var id = context.Id();
        var secret = await secrets.ReadWebhookAsync(Caller(context), id);
        await context.RespondContentAsync(new WebhookSecretMessage { WebhookSecret = secret }, ProjectJson.Default.WebhookSecretMessage);
    }

    /// <summary><c>POST /project/webhook_secret/:id</c></summary>
    public async Task SetWebhookSecretAsync(HttpContext context)
    {
        var id = context.Id();
        var caller = Caller(context);
        var request = await TrackerBody.ReadAsync(context, ProjectJson.Default.WebhookSecretMessage);
        await secrets.SetWebhookAsync(caller, id, request.WebhookSecret ?? "");
        await context.RespondOkAsync();
    }

    private async Task DecideAsync(HttpContext context, Func<Caller, long, long, Task<bool>> decide, string notDone)
    {
        var (id, worker) = (context.Id(), context.Id("worker"));
        if (!await decide(Caller(context), id, worker)) throw TrackerException.NotDone(notDone);
        await context.RespondOkAsync();
    }

    private Caller Caller(HttpContext context) => authentication.RequireCaller(context, StatusCodes.Status403Forbidden);
}
