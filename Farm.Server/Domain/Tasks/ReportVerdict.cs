namespace Farm.Server.Domain.Tasks;

/// <summary>The result of a report.</summary>
internal enum ReportVerdict
{
    /// <summary>It was stored.</summary>
    Accepted,

    /// <summary>It repeats the report that ended the attempt; nothing changed, and this is not an error.</summary>
    Repeated,

    /// <summary>The worker does not hold the task; at most the log text was added to its earlier attempt.</summary>
    NotCurrent,
}
