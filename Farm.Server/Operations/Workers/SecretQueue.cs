using System.Security.Cryptography;
using System.Text;
using Farm.Server.Domain;

namespace Farm.Server.Operations.Workers;

/// <summary>
/// Runs slow hashes: a few at once, so that guessing secrets cannot use up the processor, and a limited number waiting. A secret that was right once
/// is remembered in memory as a keyed digest, so that the next check is cheap (Docs/design.md section 7). People and workers have queues of their own,
/// so that nobody waits to sign in because a farm is switched on.
/// </summary>
/// <param name="whose">Whose secrets, for messages.</param>
/// <param name="atOnce">How many hashes run at the same time.</param>
/// <param name="maxWaiting">How many may wait; further ones are rejected.</param>
internal sealed class SecretQueue(string whose, int atOnce, int maxWaiting)
{
    private const int MaxRemembered = 10_000;

    private readonly SemaphoreSlim _running = new(atOnce);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<bool>> _known = [];
    private int _waiting;
    private long _hashed;

    /// <summary>The passwords of people.</summary>
    public static SecretQueue People { get; } = new("people", atOnce: 2, maxWaiting: 100);

    /// <summary>The secrets of workers.</summary>
    public static SecretQueue Workers { get; } = new("workers", Math.Max(1, Environment.ProcessorCount / 2), maxWaiting: 1000);

    /// <summary>How many slow hashes were begun.</summary>
    public long Hashed => Interlocked.Read(ref _hashed);

    /// <summary>Hashes a new secret with a new salt.</summary>
    /// <exception cref="FarmException">Too many wait (exhausted).</exception>
    public Task<string> MakeAsync(Func<string, string> make, string secret) => RunAsync(() => make(secret));

    /// <summary>Whether a secret matches a hash. Several checks of the same secret at the same time cost one hash.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="hash">As <see cref="SecretHash"/> made it.</param>
    /// <exception cref="FarmException">Too many wait (exhausted).</exception>
    public async Task<bool> MatchesAsync(string secret, string hash)
    {
        // With the hash in it, a changed password is forgotten.
        var digest = Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{hash}\n{secret}")));
        Task<bool> check;
        lock (_lock)
        {
            if (!_known.TryGetValue(digest, out check!))
            {
                if (_known.Count >= MaxRemembered) _known.Clear();
                _known[digest] = check = RunAsync(() => SecretHash.Matches(secret, hash));
            }
        }

        var isRight = false;
        try
        {
            return isRight = await check;
        }
        finally
        {
            if (!isRight) Forget(digest, check);
        }
    }

    private void Forget(string digest, Task<bool> check)
    {
        lock (_lock)
        {
            if (_known.TryGetValue(digest, out var present) && present == check) _known.Remove(digest);
        }
    }

    private async Task<T> RunAsync<T>(Func<T> hash)
    {
        if (Interlocked.Increment(ref _waiting) > maxWaiting + atOnce)
        {
            Interlocked.Decrement(ref _waiting);
            throw new FarmException(ErrorKind.Exhausted, $"too many {whose} are signing in at once: {maxWaiting} wait already; try again in a moment");
        }

        try
        {
            await _running.WaitAsync();
            try
            {
                Interlocked.Increment(ref _hashed);
                return await Task.Run(hash);
            }
            finally
            {
                _running.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
