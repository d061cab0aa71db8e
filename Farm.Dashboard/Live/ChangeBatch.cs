using Farm.Dashboard.Ports;

namespace Farm.Dashboard.Live;

/// <summary>What changed since the last repaint: each thing once, however often it changed.</summary>
public sealed class ChangeBatch(IReadOnlySet<FarmChange> changes)
{
    private readonly HashSet<FarmChangeKind> _kinds = [.. changes.Select(change => change.Kind)];

    /// <summary>Whether anything of this kind changed, or may have.</summary>
    public bool Has(FarmChangeKind kind) => _kinds.Contains(kind) || _kinds.Contains(FarmChangeKind.Everything);

    /// <summary>Whether this one thing changed, or may have.</summary>
    public bool Has(FarmChangeKind kind, Guid id) =>
        changes.Contains(new FarmChange(kind, id)) || _kinds.Contains(FarmChangeKind.Everything);
}
