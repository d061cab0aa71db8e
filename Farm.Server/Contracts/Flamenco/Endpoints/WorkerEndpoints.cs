using Farm.Server.Contracts.Flamenco.Messages;
using Farm.Server.Contracts.Flamenco.Operations;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Workers;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>Registration, sign-on, sign-off and state of workers (Contracts/Flamenco/Contract.md sections 3.1 to 3.5).</summary>
internal sealed class WorkerEndpoints(
    WorkerRegistry registry, WorkerApproval approval, WorkerPresence presence, FarmIdentityHeader identity, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private const string ApprovalHeader = "X-Farm-Approval";

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>registerWorker. Ignores the <c>Authorization</c> header: the original worker sends an empty one.</summary>
    public async Task RegisterAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        var name = body.Name("name");
        var secret = body.Text("secret");
        if (secret.Length == 0) throw FlamencoException.Malformed("property \"secret\" must be a non-empty string");
        var platform = body.Name("platform");
        var types = body.Texts("supported_task_types");
        var worker = await registry.RegisterAsync(context.Caller(), name, secret, FlamencoWorkers.Protocol, platform, context.Address(), types);
        var message = new RegisteredWorker(
            worker.Uuid, worker.Name, worker.Address, worker.Status.Name(), worker.Platform, worker.Software, types);
        await identity.AddAsync(context);
        await context.RespondAsync(message, FlamencoJson.Default.RegisteredWorker);
    }

    /// <summary>signOn.</summary>
    public async Task SignOnAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        var metadata = new SignOnMetadata(
            body.Name("name"), body.Text("software_version"), context.Address(), body.OptionalFlag("can_restart") ?? false,
            body.Texts("supported_task_types"));
        var worker = WorkerCredentials.WorkerOf(context);
        if (await RetryWhileUnavailableAsync(context, () => presence.SignOnAsync(worker, metadata)) is not { } status) return;
        // Farm's own worker tells it to whoever looks at its output; others ignore it.
        if (!await approval.ReviewAsync(context.Caller(), worker)) context.Response.Headers[ApprovalHeader] = "waiting";
        await identity.AddAsync(context);
        await context.RespondAsync(new WorkerStateChange(status.Name()), FlamencoJson.Default.WorkerStateChange);
    }

    /// <summary>signOff.</summary>
    public async Task SignOffAsync(HttpContext context)
    {
        await presence.SignOffAsync(WorkerCredentials.WorkerOf(context));
        await context.RespondNoContentAsync();
    }

    /// <summary>workerState.</summary>
    public Task StateAsync(HttpContext context) => presence.RequestedStatus(WorkerCredentials.WorkerOf(context)) is { } status
        ? context.RespondAsync(new WorkerStateChange(status.Name()), FlamencoJson.Default.WorkerStateChange)
        : context.RespondNoContentAsync();

    /// <summary>workerStateChanged.</summary>
    public async Task StateChangedAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        await presence.StateChangedAsync(WorkerCredentials.WorkerOf(context), body.Enum<WorkerStatus>("status", WorkerStatusNames.TryParse));
        await context.RespondNoContentAsync();
    }

    /// <summary>
    /// A worker whose sign-on fails discards its credentials and registers again (section 3.10). So a temporary problem keeps it waiting
    /// instead; if the farm stops meanwhile, the connection is aborted and the worker tries again.
    /// </summary>
    private async Task<WorkerStatus?> RetryWhileUnavailableAsync(HttpContext context, Func<Task<WorkerStatus>> signOn)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            while (true)
            {
                try
                {
                    return await signOn();
                }
                catch (FarmException temporary) when (temporary.Kind == ErrorKind.Unavailable)
                {
                    await Task.Delay(RetryDelay, time, gone.Token);
                }
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            context.Abort();
            return null;
        }
    }
}
