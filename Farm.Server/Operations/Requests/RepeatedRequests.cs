using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Operations.Secrets;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Requests;

namespace Farm.Server.Operations.Requests;

/// <summary>
/// Sees to it that a request with a key has one effect, however often it is sent. The key is taken in the transaction of the effect; the answer is
/// kept afterwards, for those who did not get it.
/// </summary>
internal sealed class RepeatedRequests(FarmStore store, SecretBox secrets)
{
    /// <summary>How long a key is remembered.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    /// <summary>Takes the key of a request in the transaction that does what it asks for.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="key">The key.</param>
    /// <param name="made">What is done, in words and without secrets.</param>
    /// <exception cref="FarmException">Another request with the key was carried out (<see cref="ErrorKind.Conflict"/>).</exception>
    public static void Claim(WriteTransaction tx, RequestKey key, string made)
    {
        if (!RequestKeyTable.Claim(tx.Db, key, made, tx.Now))
            throw FarmException.Conflict("a request with this Idempotency-Key is being carried out; send it again in a moment to get its answer");
        tx.AfterCommit(key.Use);
    }

    /// <summary>Takes the key of a request that has done what it asks for outside the database; does nothing without a key.</summary>
    /// <inheritdoc cref="Claim"/>
    public Task ClaimAsync(RequestKey? key, string made) => key is null ? Task.CompletedTask : store.WriteAsync(tx => Claim(tx, key, made));

    /// <summary>What was done under a key; null if nothing was.</summary>
    /// <exception cref="FarmException">Its answer cannot be decrypted (conflict).</exception>
    public CarriedOutRequest? Find(RequestKey key) => store.Read(db => RequestKeyTable.Find(db, key.Digest)) is { } stored
        ? new CarriedOutRequest(stored.Made, stored.Fingerprint, stored.Answer is { } answer ? secrets.Open(answer, Place(key)) : null)
        : null;

    /// <summary>Keeps the answer of a request that was carried out under its key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fingerprint">The SHA-256 of the request.</param>
    /// <param name="answer">The answer; null if it is too long to be kept.</param>
    public Task KeepAsync(RequestKey key, byte[] fingerprint, byte[]? answer)
    {
        var sealedAnswer = answer is null ? null : secrets.Seal(answer, Place(key));
        return store.WriteAsync(tx => RequestKeyTable.SetAnswer(tx.Db, key, fingerprint, sealedAnswer));
    }

    /// <summary>Forgets the key of a request that failed after all, so that it can be tried again.</summary>
    public Task ForgetAsync(RequestKey key) => store.WriteAsync(tx => RequestKeyTable.Remove(tx.Db, key));

    private static string Place(RequestKey key) => $"request {Convert.ToHexStringLower(key.Digest)}";
}
