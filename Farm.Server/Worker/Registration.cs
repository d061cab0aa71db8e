using System.Security.Cryptography;
using Farm.Server.Worker.Protocol;
using Farm.Server.Worker.State;

namespace Farm.Server.Worker;

/// <summary>
/// Registers once, then signs on with the stored credentials (contract sections 3.1 and 3.2).
/// </summary>
internal sealed class Registration(
    WorkerOptions options, ManagerClient manager, CredentialStore store, FarmCheck check, ILogger<Registration> logger)
{
    private bool _registeredNow;

    /// <summary>
    /// Signs on, with retries. Registers first without credentials, and again only if the manager does not know them (403), so that a failing
    /// manager does not create a second worker.
    /// </summary>
    /// <returns>The requested status.</returns>
    /// <exception cref="WorkerStartException">The manager refused the registration or the sign-on.</exception>
    public async Task<string> SignOnAsync(CancellationToken cancellationToken)
    {
        var credentials = await check.FindAsync(cancellationToken) ?? await RegisterAsync(cancellationToken);
        manager.Use(credentials);
        var wait = options.Intervals.SignOnRetry;
        while (true)
        {
            var signOn = new WorkerSignOn(options.Name, options.TaskTypes, SoftwareVersion.Text, options.RestartExitCode != 0);
            var answer = await manager.SignOnAsync(signOn, cancellationToken);
            if (answer.Status == 200 && answer.Read(WorkerJson.Default.WorkerStateChange) is { } requested)
            {
                // An older manager, or an older worker, did not know identities yet.
                var now = credentials with
                {
                    Farm = credentials.Farm ?? answer.Farm,
                    Certificate = ExpectedCertificate.ToRemember(options, credentials.Certificate),
                };
                if (now != credentials) store.Save(now);
                logger.LogInformation("Signed on to {Manager} as {Name}; requested status: {Status}", manager.Manager, options.Name, requested.StatusRequested);
                if (answer.WaitsForApproval)
                {
                    logger.LogWarning(
                        "This worker gets no tasks until an operator approves it on the farm's page Workers; or start it with --join and a code that an administrator made there");
                }

                return requested.StatusRequested;
            }
            if (answer.Status == 403 && !_registeredNow)
            {
                logger.LogWarning("{Manager} does not know this worker; registering again and keeping a backup of the old credentials", manager.Manager);
                credentials = await RegisterAsync(cancellationToken);
                manager.Use(credentials);
                continue;
            }
            wait = await WaitAsync("Sign-on", answer, wait, cancellationToken);
        }
    }

    private async Task<Credentials> RegisterAsync(CancellationToken cancellationToken)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var registration = new WorkerRegistration(options.Name, secret, PlatformName(), options.TaskTypes);
        var key = Guid.NewGuid().ToString();
        var wait = options.Intervals.SignOnRetry;
        while (true)
        {
            var answer = await manager.RegisterAsync(registration, key, cancellationToken);
            if (answer.Status == 200 && answer.Read(WorkerJson.Default.RegisteredWorker) is { Uuid: { Length: > 0 } uuid })
            {
                var credentials = new Credentials(manager.Manager.AbsoluteUri, uuid, secret)
                {
                    Farm = answer.Farm,
                    Certificate = ExpectedCertificate.ToRemember(options, RememberedFor(answer.Farm)),
                };
                store.Save(credentials);
                _registeredNow = true;
                logger.LogInformation("Registered with {Manager} as {Name} ({Id})", manager.Manager, options.Name, uuid);
                return credentials;
            }
            if (!answer.IsTransient) throw new WorkerStartException($"{manager.Manager} refused to register this worker: {answer}");
            wait = await WaitAsync("Registration", answer, wait, cancellationToken);
        }
    }

    private string? RememberedFor(string? farm) =>
        store.Load() is { } before && (before.Manager == manager.Manager.AbsoluteUri || (farm is not null && before.Farm == farm)) ? before.Certificate : null;

    private async Task<TimeSpan> WaitAsync(string what, ManagerAnswer answer, TimeSpan wait, CancellationToken cancellationToken)
    {
        answer.ThrowIfUntrusted();
        logger.LogWarning("{What} with {Manager} failed ({Answer}); retrying in {Wait:0} s", what, manager.Manager, answer, wait.TotalSeconds);
        await Task.Delay(wait, options.Time, cancellationToken);
        return wait * 2 < options.Intervals.AfterError ? wait * 2 : options.Intervals.AfterError;
    }

    // The platform names of variables (contract section 2).
    private static string PlatformName() => OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
}
