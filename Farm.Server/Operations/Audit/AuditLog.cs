using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Store.Engine;

namespace Farm.Server.Operations.Audit;

/// <summary>
/// The audit of the farm. What people do is written in the transaction that does it, so that a change on disk is in the audit and one that is not
/// is not. Refusals and sign-ins are written by themselves, and only counted when there are many.
/// </summary>
internal sealed class AuditLog(FarmStore store, TimeProvider time, ILogger<AuditLog> log)
{
    private readonly Lock _lock = new();
    private readonly RepeatCounter _refusals = new(RepeatLimits.Refusals);
    private readonly RepeatCounter _signIns = new(RepeatLimits.SignIns);

    /// <summary>Runs an operation of a caller in one transaction, which also writes it to the audit.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="verb">What they do.</param>
    /// <param name="operation">The operation; tells the action what it changes.</param>
    /// <exception cref="FarmException">The operation was refused, which is in the audit if the caller may not do it; or the disk cannot be written.</exception>
    public Task<T> WriteAsync<T>(Caller caller, string verb, Func<WriteTransaction, AuditedAction, T> operation) => RunAsync(caller, verb, action => store.WriteAsync(tx =>
    {
        action.Begin();
        var result = operation(tx, action);
        if (!action.IsSettled) action.Record(tx);
        return result;
    }));

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Caller caller, string verb, Action<WriteTransaction, AuditedAction> operation) => WriteAsync(caller, verb, (tx, action) =>
    {
        operation(tx, action);
        return true;
    });

    /// <summary>
    /// Runs an operation of a caller that is more than one transaction, or none. It records its action in the transaction after which its change is
    /// seen; otherwise that is done once it has ended.
    /// </summary>
    /// <inheritdoc cref="WriteAsync{T}"/>
    public async Task<T> RunAsync<T>(Caller caller, string verb, Func<AuditedAction, Task<T>> operation)
    {
        var action = new AuditedAction(caller, verb);
        try
        {
            var result = await operation(action);
            if (!action.IsSettled) await store.WriteAsync(action.Record);
            return result;
        }
        catch (FarmException refused) when (refused is { Kind: ErrorKind.Forbidden, IsAudited: false })
        {
            await RefusedAsync(action, refused);
            throw;
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Caller caller, string verb, Func<AuditedAction, Task> operation) => RunAsync(caller, verb, async action =>
    {
        await operation(action);
        return true;
    });

    /// <summary>Writes what the farm itself did.</summary>
    public static void Add(WriteTransaction tx, string verb, AuditTarget target, string? before = null, string? after = null) =>
        Add(tx, Caller.Farm, verb, target, before, after);

    /// <summary>Writes what somebody did who needs no rights for it, such as a worker.</summary>
    public static void Add(WriteTransaction tx, Caller caller, string verb, AuditTarget target, string? before = null, string? after = null)
    {
        var action = new AuditedAction(caller, verb);
        action.On(target);
        action.Change(before, after);
        action.Record(tx);
    }

    /// <summary>Requires a permission for what changes nothing; only a refusal is in the audit.</summary>
    /// <exception cref="FarmException">The caller does not have it (<see cref="ErrorKind.Forbidden"/>).</exception>
    public async Task DemandAsync(Caller caller, string verb, Permission permission)
    {
        try
        {
            caller.Demand(permission);
        }
        catch (FarmException refused)
        {
            await RefusedAsync(new AuditedAction(caller, verb), refused);
            throw;
        }
    }

    /// <summary>Writes that somebody was refused.</summary>
    /// <param name="caller">Who asked.</param>
    /// <param name="verb">What they wanted to do.</param>
    /// <param name="target">What it was about.</param>
    /// <param name="reason">Why it was refused, without secrets.</param>
    public Task RefusedAsync(Caller caller, string verb, AuditTarget target, string reason)
    {
        var action = new AuditedAction(caller, verb);
        action.On(target);
        return WriteLimitedAsync(_refusals, action.Entry(Now, reason));
    }

    /// <summary>Writes that somebody signed in.</summary>
    public Task SignedInAsync(Caller caller) => WriteLimitedAsync(_signIns, new AuditedAction(caller, AuditVerb.SignIn).Entry(Now, refusal: null));

    /// <summary>Writes the numbers of repeated refusals and sign-ins that are due. Each manager counts its own.</summary>
    /// <exception cref="FarmException">The disk cannot be written; the numbers are lost.</exception>
    public Task FlushAsync() => FlushAsync(static (counter, now) => counter.Due(now));

    /// <summary>Writes all numbers that are left, because the farm stops.</summary>
    /// <exception cref="FarmException">The disk cannot be written; the numbers are lost.</exception>
    public Task FlushAllAsync() => FlushAsync(static (counter, now) => counter.Rest(now));

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task FlushAsync(Func<RepeatCounter, long, List<AuditEntry>> due)
    {
        List<AuditEntry> entries;
        lock (_lock) entries = [.. due(_refusals, Now), .. due(_signIns, Now)];
        if (entries.Count == 0) return;
        await store.WriteAsync(tx =>
        {
            foreach (var entry in entries) AuditedAction.Write(tx, entry);
        });
    }

    private async Task RefusedAsync(AuditedAction action, FarmException refused)
    {
        await WriteLimitedAsync(_refusals, action.Entry(Now, refused.Message));
        refused.IsAudited = true;
    }

    private async Task WriteLimitedAsync(RepeatCounter counter, AuditEntry wanted)
    {
        AuditEntry? entry;
        lock (_lock) entry = counter.Take(wanted);
        if (entry is null) return;
        try
        {
            await store.WriteAsync(tx => AuditedAction.Write(tx, entry));
        }
        catch (FarmException unwritable) when (unwritable.Kind == ErrorKind.Unavailable)
        {
            // Whoever is refused learns that, not that the disk is full.
            log.LogWarning("Not in the audit, because it cannot be written: {Verb} by {Who} from {Address}: {Refusal}", entry.Verb, entry.Who, entry.Address, entry.Refusal);
        }
    }
}
