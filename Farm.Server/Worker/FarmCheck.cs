using Farm.Server.Worker.Protocol;
using Farm.Server.Worker.State;

namespace Farm.Server.Worker;

/// <summary>
/// Finds the credentials for the farm that answers, before a secret is sent. Only a farm that proves that it knows the secret gets it; the credentials for
/// another farm are kept for that farm.
/// </summary>
/// <remarks>
/// Credentials without an identity are from a manager that had none, such as Flamenco's. They are sent to its address, and elsewhere to managers without
/// an identity, as always.
/// </remarks>
internal sealed class FarmCheck(WorkerOptions options, ManagerClient manager, CredentialStore store, ILogger<FarmCheck> logger)
{
    /// <summary>The credentials to use; null to register.</summary>
    /// <exception cref="WorkerStartException">Stored credentials cannot be read.</exception>
    public async Task<Credentials?> FindAsync(CancellationToken cancellationToken)
    {
        if (store.Load() is not { } known) return null;
        if (known.Farm is null && known.Manager == manager.Manager.AbsoluteUri) return known;
        var nonce = FarmProof.NewNonce();
        var answer = await AskAsync(known, nonce, cancellationToken);
        var farm = FarmProof.IdIn(answer?.Id);
        if (known.Farm is null && (farm is null || FarmProof.Matches(answer!, nonce, known.Secret))) return known;
        if (farm is not null && farm == known.Farm) return Proven(known, answer!, nonce);

        logger.LogWarning(
            "{Manager} is another farm than the one where this worker registered ({Old}); its credentials are kept for that farm and not sent", manager.Manager, known.Manager);
        store.SetAside(known);
        if (farm is null || store.LoadFor(farm) is not { } earlier) return null;
        nonce = FarmProof.NewNonce();
        answer = await AskAsync(earlier, nonce, cancellationToken);
        if (answer is null || Proven(earlier, answer, nonce) is null) return null;
        store.Save(earlier);
        return earlier;
    }

    private Credentials? Proven(Credentials credentials, FarmIdentityAnswer answer, string nonce)
    {
        if (answer.Id == credentials.Farm && FarmProof.Matches(answer, nonce, credentials.Secret)) return credentials;
        logger.LogWarning("{Manager} does not know this worker, or is not the farm that it says it is; registering again without sending the old credentials", manager.Manager);
        return null;
    }

    /// <summary>Asks until there is an answer, because without one it is not known whose secret to send.</summary>
    /// <returns>Null if the manager has no identity.</returns>
    private async Task<FarmIdentityAnswer?> AskAsync(Credentials credentials, string nonce, CancellationToken cancellationToken)
    {
        var wait = options.Intervals.SignOnRetry;
        while (true)
        {
            var answer = await manager.IdentityAsync(credentials.Uuid, nonce, cancellationToken);
            answer.ThrowIfUntrusted();
            if (!answer.IsTransient) return answer.Status == 200 ? answer.Read(WorkerJson.Default.FarmIdentityAnswer) : null;
            logger.LogWarning("Cannot ask {Manager} which farm it is ({Answer}); retrying in {Wait:0} s", manager.Manager, answer, wait.TotalSeconds);
            await Task.Delay(wait, options.Time, cancellationToken);
            wait = wait * 2 < options.Intervals.AfterError ? wait * 2 : options.Intervals.AfterError;
        }
    }
}
