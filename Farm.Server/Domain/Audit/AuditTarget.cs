namespace Farm.Server.Domain.Audit;

/// <summary>What an action was about.</summary>
/// <param name="Kind">What it is, such as <c>job</c>; empty without a target.</param>
/// <param name="Id">Its id, as clients see it; empty if it has none.</param>
/// <param name="Name">Its name at that time.</param>
internal readonly record struct AuditTarget(string Kind, string Id, string Name)
{
    /// <summary>No target.</summary>
    public static AuditTarget None { get; } = new("", "", "");

    /// <summary>Something with a UUID.</summary>
    public AuditTarget(string kind, Guid id, string name)
        : this(kind, id.ToString("D"), name)
    {
    }
}
