namespace Farm.Dashboard.Ports;

/// <summary>Which entries of the audit.</summary>
/// <param name="Page">The part of the list. Only the newest 10,000 entries that match are counted.</param>
/// <param name="IsRefused">True for refusals, false for what was done; null for both.</param>
/// <param name="Who">The name of who did it; null for anyone.</param>
/// <param name="Verb">A verb such as <c>job.pause</c>, or what verbs are about, such as <c>job</c>; null for any.</param>
/// <param name="Target">Contained in the name of what it is about, or its whole id; null for anything.</param>
/// <param name="Search">Contained in any name, address, verb or id; null for anything.</param>
public sealed record ActivityQuery(PageRequest Page, bool? IsRefused, string? Who, string? Verb, string? Target, string? Search);

/// <summary>Something that somebody did.</summary>
/// <param name="Id">Its number, ascending.</param>
/// <param name="Time">When.</param>
/// <param name="Who">Their name at that time; empty for visitors and the farm itself.</param>
/// <param name="Address">The address of their machine; empty for the farm itself.</param>
/// <param name="Via">The name of a protocol, or page, command line, worker, farm.</param>
/// <param name="Verb">What they did, such as <c>job.pause</c>.</param>
/// <param name="TargetKind">What it was about, such as <c>job</c>; empty for nothing in particular.</param>
/// <param name="TargetId">Its id, as clients see it; empty if it has none.</param>
/// <param name="TargetName">Its name at that time.</param>
/// <param name="Before">The value before; null if there is none to tell.</param>
/// <param name="After">The value after; null if there is none to tell.</param>
/// <param name="Refusal">Why it was refused; null if it was done.</param>
/// <param name="Times">How many equal ones the row stands for.</param>
public sealed record ActivityRow(
    long Id,
    DateTimeOffset Time,
    string Who,
    string Address,
    string Via,
    string Verb,
    string TargetKind,
    string TargetId,
    string TargetName,
    string? Before,
    string? After,
    string? Refusal,
    long Times)
{
    /// <summary>The number as the key of a row in a list that holds still.</summary>
    public Guid Key => new(0, 0, 0, BitConverter.GetBytes(Id));
}
