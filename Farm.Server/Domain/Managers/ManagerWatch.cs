namespace Farm.Server.Domain.Managers;

/// <summary>
/// Which managers live, as one of them sees it: those whose beats grow. Only durations on the watching manager's own clock count, so the clocks of
/// different machines need not agree.
/// </summary>
/// <param name="silence">How long the beats of a manager may stand still before it counts as gone.</param>
internal sealed class ManagerWatch(TimeSpan silence)
{
    private readonly Dictionary<Guid, (long Beats, TimeSpan ChangedAt)> _seen = [];

    /// <summary>Takes note of all managers in the database.</summary>
    /// <param name="managers">All of them.</param>
    /// <param name="now">The time on a clock that never jumps.</param>
    public void Observe(IReadOnlyList<Manager> managers, TimeSpan now)
    {
        foreach (var manager in managers)
        {
            if (!_seen.TryGetValue(manager.Id, out var seen) || seen.Beats != manager.Beats) _seen[manager.Id] = (manager.Beats, now);
        }

        foreach (var gone in _seen.Keys.Except(managers.Select(manager => manager.Id)).ToList()) _seen.Remove(gone);
    }

    /// <summary>
    /// Whether a manager is gone: it has no row any more, or its beats stood still for too long. One that is seen for the first time is not gone.
    /// </summary>
    /// <param name="manager">Its row as it is now.</param>
    /// <param name="now">The time on a clock that never jumps.</param>
    public bool IsGone(Manager? manager, TimeSpan now) =>
        manager is null || (_seen.TryGetValue(manager.Id, out var seen) && seen.Beats == manager.Beats && now - seen.ChangedAt > silence);

    /// <summary>How long the beats of a manager stood still; zero if it is unknown.</summary>
    public TimeSpan Silence(Guid manager, TimeSpan now) => _seen.TryGetValue(manager, out var seen) ? now - seen.ChangedAt : TimeSpan.Zero;
}
