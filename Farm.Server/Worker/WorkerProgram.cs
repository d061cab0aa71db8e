using Farm.Server.Worker.Discovery;
using Farm.Server.Worker.Execution;
using Farm.Server.Worker.Processes;
using Farm.Server.Worker.Protocol;
using Farm.Server.Worker.State;
using Farm.Server.Worker.Updates;

namespace Farm.Server.Worker;

/// <summary>Builds and runs the built-in worker.</summary>
internal static class WorkerProgram
{
    /// <summary>The exit code of a worker that cannot start: refused by the manager, or without a usable state directory.</summary>
    public const int CannotStart = 1;

    /// <summary>
    /// Runs a worker until the manager requests its end or <paramref name="cancellationToken"/> is canceled, which kills the processes of the
    /// running task and signs off, so that the task is requeued.
    /// </summary>
    /// <returns>0, <see cref="CannotStart"/>, or <see cref="WorkerOptions.RestartExitCode"/> when a restart is requested.</returns>
    public static async Task<int> RunAsync(WorkerOptions options, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger("Farm.Server.Worker");
        try
        {
            using var directory = StateDirectory.Open(options.StateDirectory);
            directory.Tighten(logger);
            var mark = new ProcessMark(directory, options.Time, loggers.CreateLogger<ProcessMark>());
            await mark.EndLeftoversAsync();
            ScratchFolder.RemoveLeftovers(directory.Scratch, logger);
            var credentials = new CredentialStore(directory);
            var certificate = new ExpectedCertificate(options, credentials.Load());
            var address = options.Manager
                ?? await new ManagerDiscovery(options, certificate.For, certificate.IsKnown, loggers.CreateLogger<ManagerDiscovery>()).FindAsync(cancellationToken);

            using var manager = new ManagerClient(address, options.Intervals.Request, certificate.For(address)) { JoinCode = options.JoinCode };
            using var outbox = new UpdateOutbox(new UpdateJournal(directory.Updates), manager, loggers.CreateLogger<UpdateOutbox>());
            var check = new FarmCheck(options, manager, credentials, loggers.CreateLogger<FarmCheck>());
            var enrolment = new Registration(options, manager, credentials, check, loggers.CreateLogger<Registration>());
            var runner = new TaskRunner(options, manager, outbox, new ProcessRunner(options.Time, options.Programs), mark, directory, loggers);
            var loop = new WorkerLoop(options, manager, enrolment, outbox, runner, loggers.CreateLogger<WorkerLoop>());
            return await loop.RunAsync(cancellationToken);
        }
        catch (WorkerStartException e)
        {
            logger.LogError("{Problem}", e.Message);
            return CannotStart;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.LogError("Cannot use the state directory {Directory}: {Problem}", options.StateDirectory, e.Message);
            return CannotStart;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
    }
}
