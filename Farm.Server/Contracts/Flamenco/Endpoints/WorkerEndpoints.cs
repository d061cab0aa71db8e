using Farm.Server.Contracts.Flamenco.Messages;
using Farm.Server.Contracts.Flamenco.Operations;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Workers;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>Workers come and go (Contracts/Flamenco/Contract.md sections 3.1 to 3.5).</summary>
internal sealed class WorkerEndpoints(WorkerRegistry registry, WorkerPresence presence, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private static readonly TimeSpan BeforeNextTry = TimeSpan.FromSeconds(1);

    /// <summary>registerWorker. Ignores an <c>Authorization</c> header: the original worker sends an empty one along.</summary>
    public async Task Register(HttpContext context)
    {
        var body = await RequestBody.Read(context);
        var name = body.Name("name");
        var secret = body.Text("secret");
        if (secret.Length == 0) throw FlamencoException.Malformed("property \"secret\" must be a string that is not empty");
        var platform = body.Name("platform");
        var types = body.Texts("supported_task_types");
        var worker = await registry.Register(name, secret, FlamencoWorkers.Protocol, platform, context.Address(), types);
        var message = new RegisteredWorker(
            worker.Uuid, worker.Name, worker.Address, worker.Status.Name(), worker.Platform, worker.Software, types);
        await context.Answer(message, FlamencoJson.Default.RegisteredWorker);
    }

    /// <summary>signOn.</summary>
    public async Task SignOn(HttpContext context)
    {
        var body = await RequestBody.Read(context);
        var metadata = new SignOnMetadata(
            body.Name("name"), body.Text("software_version"), context.Address(), body.OptionalFlag("can_restart") ?? false,
            body.Texts("supported_task_types"));
        var worker = WorkerCredentials.WorkerOf(context);
        if (await Patiently(context, () => presence.SignOn(worker, metadata)) is { } status)
            await context.Answer(new WorkerStateChange(status.Name()), FlamencoJson.Default.WorkerStateChange);
    }

    /// <summary>signOff.</summary>
    public async Task SignOff(HttpContext context)
    {
        await presence.SignOff(WorkerCredentials.WorkerOf(context));
        await context.AnswerNothing();
    }

    /// <summary>workerState.</summary>
    public Task State(HttpContext context) => presence.RequestedStatus(WorkerCredentials.WorkerOf(context)) is { } status
        ? context.Answer(new WorkerStateChange(status.Name()), FlamencoJson.Default.WorkerStateChange)
        : context.AnswerNothing();

    /// <summary>workerStateChanged.</summary>
    public async Task StateChanged(HttpContext context)
    {
        var body = await RequestBody.Read(context);
        await presence.StateChanged(WorkerCredentials.WorkerOf(context), body.Word<WorkerStatus>("status", WorkerStatusNames.TryParse));
        await context.AnswerNothing();
    }

    /// <summary>
    /// A worker that is refused at sign-on takes its credentials for invalid and registers anew (section 3.10). So a problem that passes
    /// keeps it waiting instead; when the farm stops meanwhile the connection is cut, and the worker tries again by itself.
    /// </summary>
    private async Task<WorkerStatus?> Patiently(HttpContext context, Func<Task<WorkerStatus>> signOn)
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
                catch (FarmException passing) when (passing.Kind == ErrorKind.Unavailable)
                {
                    await Task.Delay(BeforeNextTry, time, gone.Token);
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
