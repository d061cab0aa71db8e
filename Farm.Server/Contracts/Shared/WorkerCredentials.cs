using Farm.Server.Operations.Workers;

namespace Farm.Server.Contracts.Shared;

/// <summary>An exception that says whether its request had the form that its protocol asks for; one that had not is no sign of life.</summary>
internal interface IMalformedRequest
{
    /// <summary>The request never got as far as an operation.</summary>
    bool IsMalformed { get; }
}

/// <summary>
/// HTTP Basic of the worker operations: the user is the worker's UUID, the password its secret (Contracts/Flamenco/Contract.md section 1.4). Checked before any of
/// the body is read; refused with 403, without WWW-Authenticate, the same for whatever is wrong.
/// </summary>
internal sealed class WorkerCredentials(WorkerAuthentication authentication, Heartbeats heartbeats)
{
    /// <summary>The header by which Farm's own worker names the attempt that a request is about.</summary>
    public const string AttemptHeader = "X-Farm-Attempt";

    private static readonly object Key = new();

    /// <summary>Lets only workers through to a handler. A request that is not malformed counts as a sign of life (section 1.5).</summary>
    public RequestDelegate Around(RequestDelegate handler) => async context =>
    {
        if (await CheckAsync(context.Request.Headers.Authorization) is not { } worker)
        {
            await context.WriteErrorAsync(new HttpError(StatusCodes.Status403Forbidden, "there is no such worker, or its secret is another one"));
            return;
        }

        context.Items[Key] = worker;
        try
        {
            await handler(context);
            heartbeats.WorkerSeen(worker);
        }
        catch (Exception refusal) when (refusal is not IMalformedRequest { IsMalformed: true })
        {
            heartbeats.WorkerSeen(worker);
            throw;
        }
    };

    /// <summary>The worker whose credentials the request brought.</summary>
    public static long WorkerOf(HttpContext context) => (long)context.Items[Key]!;

    private async ValueTask<long?> CheckAsync(string? header)
    {
        if (BasicCredentials.Parse(header) is not var (user, secret)) return null;
        return await authentication.CheckAsync(Guid.TryParseExact(user, "D", out var uuid) ? uuid : Guid.Empty, secret);
    }
}
