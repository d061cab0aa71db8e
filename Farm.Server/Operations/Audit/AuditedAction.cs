using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Domain.Events;
using Farm.Server.Operations.Requests;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Audit;

namespace Farm.Server.Operations.Audit;

/// <summary>What an operation tells the audit about itself while it runs. An operation may run again after a conflict, so it sets the same anew.</summary>
internal sealed class AuditedAction(Caller caller, string verb)
{
    private AuditTarget _target = AuditTarget.None;
    private string? _before;
    private string? _after;

    /// <summary>Whether it was written together with a change, or there is nothing to write.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>Begins an operation, perhaps anew.</summary>
    internal void Begin() => IsSettled = false;

    /// <summary>Says what it is about. As early as possible, so that a refusal names it.</summary>
    public void On(AuditTarget target) => _target = target;

    /// <inheritdoc cref="On(AuditTarget)"/>
    public void On(string kind, Guid id, string name) => _target = new AuditTarget(kind, id, name);

    /// <summary>Says what changes, in words or values; never a secret.</summary>
    /// <param name="before">The value before; null if there is none to tell.</param>
    /// <param name="after">The value after; null if there is none to tell.</param>
    public void Change(string? before, string? after) => (_before, _after) = (before, after);

    /// <summary>Says that there was nothing to do after all, so that nothing is written.</summary>
    public void DoesNothing() => IsSettled = true;

    /// <summary>Writes it with the change of a transaction. For operations of several transactions, in the one after which the change is seen.</summary>
    /// <exception cref="FarmException">The request has a key under which this was done already (conflict).</exception>
    public void Record(WriteTransaction tx)
    {
        IsSettled = true;
        if (caller.Key is { } key) RepeatedRequests.Claim(tx, key, _target.Name.Length > 0 ? $"{verb} \"{AuditText.Name(_target.Name)}\"" : verb);
        Write(tx, Entry(tx.Now, refusal: null));
    }

    /// <summary>Adds an entry to the audit and tells who watches it.</summary>
    internal static void Write(WriteTransaction tx, AuditEntry entry)
    {
        AuditTable.Add(tx.Db, entry);
        tx.Publish(new FarmEvent(FarmEventKind.Audit));
    }

    /// <summary>The entry, with texts of bounded length.</summary>
    internal AuditEntry Entry(long at, string? refusal) => new()
    {
        At = at,
        AccountId = caller.Account?.Id,
        Who = AuditText.Name(caller.Name),
        Address = AuditText.Name(caller.Address),
        Via = caller.Way.Name,
        Verb = verb,
        Target = new AuditTarget(_target.Kind, AuditText.Name(_target.Id), AuditText.Name(_target.Name)),
        Before = AuditText.Value(_before),
        After = AuditText.Value(_after),
        Refusal = AuditText.Value(refusal),
    };
}
