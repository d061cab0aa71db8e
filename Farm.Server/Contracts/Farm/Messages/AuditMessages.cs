namespace Farm.Server.Contracts.Farm.Messages;

/// <summary>What an entry of the audit is about.</summary>
/// <param name="Kind">What it is, such as <c>job</c>.</param>
/// <param name="Id">Its id, as clients see it; empty if it has none.</param>
/// <param name="Name">Its name at that time.</param>
internal sealed record AuditTargetMessage(string Kind, string Id, string Name);

/// <summary>One entry of the audit.</summary>
/// <param name="Id">Ascending.</param>
/// <param name="Time">When.</param>
/// <param name="Who">The name of who did it; empty for visitors and the farm itself.</param>
/// <param name="Address">The address of their machine; empty for the farm itself.</param>
/// <param name="Via">The name of a protocol, or <c>page</c>, <c>command line</c>, <c>worker</c>, <c>farm</c>.</param>
/// <param name="Verb">What was done, such as <c>job.pause</c>.</param>
/// <param name="Target">What it was about; null for nothing in particular.</param>
/// <param name="Before">The value before; null if there is none to tell.</param>
/// <param name="After">The value after; null if there is none to tell.</param>
/// <param name="Result"><c>done</c> or <c>refused</c>.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="Times">How many equal ones the entry stands for.</param>
internal sealed record AuditEntryMessage(
    long Id, DateTimeOffset Time, string Who, string Address, string Via, string Verb, AuditTargetMessage? Target, string? Before, string? After, string Result,
    string? Reason, long Times);

/// <summary>A page of the audit, newest first.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Next">The value of <c>before</c> for the next page; null if this is the last.</param>
internal sealed record AuditMessage(IReadOnlyList<AuditEntryMessage> Entries, long? Next);
