namespace Farm.Server.Domain.Tasks;

/// <summary>What became of a report.</summary>
internal enum ReportVerdict
{
    /// <summary>It was stored.</summary>
    Accepted,

    /// <summary>It is a repeat of the report that ended the attempt; nothing changed, and the worker need not know.</summary>
    Repeated,

    /// <summary>The worker does not hold the task; at most the log text was kept with the attempt that it once had.</summary>
    NotCurrent,
}
