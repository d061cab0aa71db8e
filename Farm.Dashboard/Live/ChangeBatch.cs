using Farm.Dashboard.Ports;

namespace Farm.Dashboard.Live;

/// <summary>The changes since the last update, without duplicates.</summary>
public sealed class ChangeBatch(IReadOnlySet<FarmChange> changes)
{
    private readonly HashSet<FarmChangeKind> _kinds = [.. changes.Select(change => change.Kind)];

    /// <summary>Whether anything of this kind may have changed.</summary>
    public bool Has(FarmChangeKind kind) => _kinds.Contains(kind) || _kinds.Contains(FarmChangeKind.Everything);

    /// <summary>Whether this object may have changed.</summary>
    public bool Has(FarmChangeKind kind, Guid id) =>
        changes.Contains(new FarmChange(kind, id)) || _kinds.Contains(FarmChangeKind.Everything);
}
