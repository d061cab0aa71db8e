namespace Farm.Server.Domain.Audit;

/// <summary>One entry of the audit: who did what, from where, through what, and what came of it.</summary>
internal sealed record AuditEntry
{
    /// <summary>Ascending in the order of writing.</summary>
    public long Id { get; init; }

    /// <summary>When, in unix milliseconds.</summary>
    public required long At { get; init; }

    /// <summary>The account; null without one.</summary>
    public long? AccountId { get; init; }

    /// <summary>Their name at that time; empty for visitors and the farm itself.</summary>
    public required string Who { get; init; }

    /// <summary>The address of their machine; empty for the farm itself.</summary>
    public required string Address { get; init; }

    /// <summary>Through what: the name of a <see cref="Access.Way"/>.</summary>
    public required string Via { get; init; }

    /// <summary>What they did: see <see cref="AuditVerb"/>.</summary>
    public required string Verb { get; init; }

    /// <summary>What it was about.</summary>
    public required AuditTarget Target { get; init; }

    /// <summary>The value before; null if there is none to tell.</summary>
    public string? Before { get; init; }

    /// <summary>The value after; null if there is none to tell.</summary>
    public string? After { get; init; }

    /// <summary>Why it was refused; null if it was done.</summary>
    public string? Refusal { get; init; }

    /// <summary>How many equal ones this entry stands for.</summary>
    public long Times { get; init; } = 1;
}
