namespace Farm.Server.Store.Views.Audit;

/// <summary>Selects entries of the audit; null selects everything.</summary>
internal sealed record AuditFilter
{
    /// <summary>The name of who did it.</summary>
    public string? Who { get; init; }

    /// <summary>A verb, such as <c>job.pause</c>, or what verbs are about, such as <c>job</c>.</summary>
    public string? Verb { get; init; }

    /// <summary>Contained in the name of the target, or its whole id.</summary>
    public string? Target { get; init; }

    /// <summary>Contained in any name, address, verb or id.</summary>
    public string? Search { get; init; }

    /// <summary>True for refusals, false for what was done.</summary>
    public bool? IsRefused { get; init; }

    /// <summary>Not before this time, in unix milliseconds.</summary>
    public long? Since { get; init; }

    /// <summary>Before this time, in unix milliseconds.</summary>
    public long? Until { get; init; }

    /// <summary>Older than this entry.</summary>
    public long? OlderThan { get; init; }

    /// <summary>The number of entries to skip.</summary>
    public long Offset { get; init; }

    /// <summary>The most entries.</summary>
    public required int Limit { get; init; }
}
