using Farm.Server.Domain.Audit;
using Farm.Server.Operations.Workers;

namespace Farm.Server.Contracts.Shared;

/// <summary>An exception that knows whether the request was malformed; a malformed request does not count as a heartbeat.</summary>
internal interface IMalformedRequest
{
    /// <summary>Whether the request was rejected before any operation ran.</summary>
    bool IsMalformed { get; }
}

/// <summary>
/// HTTP Basic for the worker operations: the user is the worker's UUID, the password its secret (Contracts/Flamenco/Contract.md section 1.4). Checked
/// before the body is read; every failure is the same 403 without WWW-Authenticate.
/// </summary>
internal sealed class WorkerCredentials(WorkerAuthentication authentication, Heartbeats heartbeats, RefusedRequests refused) : IWorkerCredentials
{
    /// <summary>The header in which Farm's own worker sends the attempt that a request is about.</summary>
    public const string AttemptHeader = "X-Farm-Attempt";

    private static readonly object Key = new();

    /// <summary>Lets only workers through to a handler. A request that is not malformed counts as a heartbeat (section 1.5).</summary>
    public RequestDelegate Wrap(RequestDelegate handler) => async context =>
    {
        var (sent, secret) = Sent(context.Request.Headers.Authorization);
        if (sent is null || await authentication.CheckAsync(sent.Value, secret) is not { } worker)
        {
            var error = new HttpError(StatusCodes.Status403Forbidden, "unknown worker or wrong secret") { IsAudited = true };
            await refused.RecordAsync(context, AuditVerb.RefuseWorker, new AuditTarget("worker", $"{sent}", ""), error.Message);
            await context.WriteErrorAsync(error);
            return;
        }

        context.Items[Key] = worker;
        try
        {
            await handler(context);
            heartbeats.WorkerSeen(worker);
        }
        catch (Exception error) when (error is not IMalformedRequest { IsMalformed: true })
        {
            heartbeats.WorkerSeen(worker);
            throw;
        }
    };

    /// <inheritdoc/>
    public async ValueTask<bool> AreInAsync(HttpContext context) =>
        Sent(context.Request.Headers.Authorization) is ({ } sent, var secret) && sent != Guid.Empty && await authentication.CheckAsync(sent, secret) is not null;

    /// <summary>The authenticated worker of a request.</summary>
    public static long WorkerOf(HttpContext context) => (long)context.Items[Key]!;

    private static (Guid? Worker, string Secret) Sent(string? header) => BasicCredentials.Parse(header) is var (user, secret)
        ? (Guid.TryParseExact(user, "D", out var uuid) ? uuid : Guid.Empty, secret)
        : (null, "");
}
