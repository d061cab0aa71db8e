namespace Farm.Dashboard.Ports;

/// <summary>Reads what people did, for those who may see it. Scoped.</summary>
public interface IFarmAudit
{
    /// <summary>The address of the same entries as a file, without its query; null if the farm does not offer it.</summary>
    string? FileAddress { get; }

    /// <summary>The entries, newest first; null if the visitor may not see them.</summary>
    Task<Page<ActivityRow>?> ReadAsync(ActivityQuery query, CancellationToken cancellationToken);
}
