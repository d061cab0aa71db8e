using Farm.Server.Domain;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Managers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Managers;

namespace Farm.Server.Operations.Managers;

/// <summary>
/// The managers of the farm: this one and those that share its database. Each writes a sign of life every <see cref="Beat"/>. One leads and does
/// what must be done once; when it falls silent, the first that notices takes its place. A leader that cannot write stops leading before another
/// can begin. With SQLite there is one manager, which leads.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="name">How this manager is shown.</param>
/// <param name="events">Receives an event when the managers change.</param>
/// <param name="time">The clock of the farm.</param>
/// <param name="clock">Measures silence and terms: the machine's own, whatever the clock of the farm.</param>
/// <param name="log">The log.</param>
internal sealed class ManagerGroup(
    FarmStore store, ManagerName name, FarmEvents events, TimeProvider time, TimeProvider clock, ILogger<ManagerGroup> log) : BackgroundService
{
    /// <summary>The time between two signs of life.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(750);

    /// <summary>A manager that was silent for this long is gone.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(2.5);

    /// <summary>A leader stops leading this long after the start of its last sign of life, well before another takes over.</summary>
    private static readonly TimeSpan Term = TimeSpan.FromSeconds(2);

    /// <summary>How long a manager that is gone is still shown.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly long _origin = clock.GetTimestamp();
    private readonly long _startedAt = time.GetUtcNow().ToUnixTimeMilliseconds();
    private readonly ManagerWatch _watch = new(Lease);
    private readonly Lock _lock = new();
    private IReadOnlyList<Manager> _managers = [];
    private Guid? _leader;
    private TimeSpan? _leadsUntil;
    private readonly Steadiness _steadiness = new(time, clock);
    private string? _problem;

    /// <summary>Whether this manager does what must be done once.</summary>
    public bool IsLeader
    {
        get
        {
            lock (_lock) return !store.IsShared || _leadsUntil > Now;
        }
    }

    /// <summary>
    /// How long this manager has run and had the database without interruption, on the clock of the farm. What workers did before is not known for certain.
    /// </summary>
    public TimeSpan SteadyFor => _steadiness.Elapsed;

    /// <summary>All managers, in the order in which they started.</summary>
    public IReadOnlyList<ManagerState> All()
    {
        lock (_lock)
        {
            var now = Now;
            if (!store.IsShared) return [new ManagerState(Own() with { SeenAt = time.GetUtcNow().ToUnixTimeMilliseconds() }, true, true, TimeSpan.Zero, null)];
            var others = _managers.Where(manager => manager.Id != store.Manager)
                .Select(manager => new ManagerState(manager, false, manager.Id == _leader, _watch.Silence(manager.Id, now), Problem(manager, now)));
            return [.. others.Append(new ManagerState(Own(), true, _leadsUntil > now, TimeSpan.Zero, _problem)).OrderBy(state => state.Manager.Id)];
        }
    }

    /// <summary>Whether a manager is gone, so that another may go on with its work.</summary>
    public bool IsGone(Guid manager)
    {
        if (manager == store.Manager) return false;
        lock (_lock) return !store.IsShared || _watch.IsGone(Find(_managers, manager), Now);
    }

    /// <summary>Writes a sign of life, and takes the lead if nobody has it.</summary>
    /// <exception cref="FarmException">The database cannot be written.</exception>
    public async Task BeatAsync()
    {
        var started = Now;
        var (managers, leader) = await store.WriteAsync(tx =>
        {
            ManagerTable.Beat(tx.Db, store.Manager, name.Text, name.Version, _startedAt, tx.Now);
            var all = ManagerTable.All(tx.Db);
            var leads = ManagerTable.Leader(tx.Db);
            if (leads is not { } leader || (leader != store.Manager && IsGone(Find(all, leader))))
            {
                leads = store.Manager;
                ManagerTable.SetLeader(tx.Db, leads);
            }

            foreach (var forgotten in all.Where(manager => Silence(manager.Id) > Kept)) ManagerTable.Remove(tx.Db, forgotten.Id);
            return (all, leads);
        });
        Update(managers, leader, started);
    }

    /// <summary>Joins before the first request, so that a farm of one manager has a leader at once.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (store.IsShared) await BeatAsync();
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Leaves, so that another leads at once.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!store.IsShared) return;
        try
        {
            await store.WriteAsync(tx =>
            {
                ManagerTable.Remove(tx.Db, store.Manager);
                if (ManagerTable.Leader(tx.Db) == store.Manager) ManagerTable.SetLeader(tx.Db, null);
                tx.Publish(new FarmEvent(FarmEventKind.Managers));
            });
        }
        catch (FarmException unavailable) when (unavailable.Kind == ErrorKind.Unavailable)
        {
            // The others notice.
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(store.IsShared ? Beat : Steadiness.Interval, clock);
        try
        {
            do
            {
                _steadiness.Observe();
                if (store.IsShared) await TryBeatAsync();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server is stopping.
        }
    }

    private async Task TryBeatAsync()
    {
        try
        {
            await BeatAsync();
        }
        catch (FarmException unavailable) when (unavailable.Kind == ErrorKind.Unavailable)
        {
            lock (_lock) _problem = unavailable.Message;
            _steadiness.Begin();

            events.Publish(new FarmEvent(FarmEventKind.Managers));
        }
    }

    private void Update(List<Manager> managers, Guid? leader, TimeSpan started)
    {
        bool isNews;
        lock (_lock)
        {
            var now = Now;
            List<Guid> before = [.. Living(now)];
            var (leaderBefore, problemBefore) = (_leader, _problem);
            (_managers, _leader, _problem) = (managers, leader, null);
            _watch.Observe(managers, now);
            isNews = leaderBefore != leader || problemBefore is not null || !before.SequenceEqual(Living(now));
            if (leader == store.Manager && leaderBefore != leader) log.LogInformation("This manager leads the farm");
            if (leader != store.Manager && leaderBefore == store.Manager) log.LogInformation("Another manager leads the farm");
            _leadsUntil = leader == store.Manager ? started + Term : null;
            _steadiness.End();
        }

        if (isNews) events.Publish(new FarmEvent(FarmEventKind.Managers));
    }

    private IEnumerable<Guid> Living(TimeSpan now) => _managers.Where(manager => !_watch.IsGone(manager, now)).Select(manager => manager.Id);

    private TimeSpan Silence(Guid manager)
    {
        lock (_lock) return manager == store.Manager ? TimeSpan.Zero : _watch.Silence(manager, Now);
    }

    private bool IsGone(Manager? manager)
    {
        lock (_lock) return _watch.IsGone(manager, Now);
    }

    private string? Problem(Manager manager, TimeSpan now) => _watch.IsGone(manager, now) ? "does not answer" : null;

    private static Manager? Find(IEnumerable<Manager> managers, Guid id) => managers.FirstOrDefault(manager => manager.Id == id);

    private Manager Own() => Find(_managers, store.Manager) ?? new Manager(store.Manager, name.Text, name.Version, _startedAt, _startedAt, 0);

    private TimeSpan Now => clock.GetElapsedTime(_origin);
}
