using Farm.Dashboard.Ports;
using Farm.Server.Domain;
using Farm.Server.Operations.Managers;
using Farm.Server.Store.Engine;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>The health of the farm for the dashboard.</summary>
internal sealed class DashboardHealth(FarmStore store, ManagerGroup managers, LatestChecks checks, IFarmPeople people, TimeProvider time) : IFarmHealth
{
    private bool _isAdministrator;

    /// <inheritdoc/>
    public FarmHealth Read() => new(
        store.IsShared ? DatabaseKind.PostgreSql : DatabaseKind.Sqlite,
        store.WaitingWrites,
        store.IsShared ? null : store.LogBytes,
        Map(managers.All(), time.GetUtcNow()));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HealthCheck>> CheckAsync(CancellationToken cancellationToken) =>
        [.. (await checks.ReadAsync().WaitAsync(cancellationToken)).Select(check => check with { Problem = Reason(check.Problem) })];

    /// <inheritdoc/>
    public async Task<string?> ReadDatabaseAddressAsync(CancellationToken cancellationToken)
    {
        try
        {
            _isAdministrator = await people.ReadVisitorAsync(cancellationToken) is { IsAdministrator: true };
        }
        catch (FarmException unavailable) when (unavailable.Kind == ErrorKind.Unavailable)
        {
            // Accounts are in the database. Who saw the address goes on seeing it, for that is when it is needed.
        }

        return _isAdministrator ? store.Address : null;
    }

    /// <summary>The managers as pages show them.</summary>
    /// <param name="states">All of them.</param>
    /// <param name="now">The time of this manager.</param>
    internal static IReadOnlyList<ManagerRow> Map(IReadOnlyList<ManagerState> states, DateTimeOffset now)
    {
        IReadOnlyList<ManagerState> judged = [.. states.Select(state => state.IsSelf ? state with { Problem = OwnProblem(state, now) } : state)];
        var isCutOff = judged.Any(state => state is { IsSelf: true, Problem: not null });
        return [.. judged.Select(state => Map(state, isCutOff && !state.IsSelf, now))];
    }

    /// <summary>A database that hangs fails a write only after many seconds; until then, the last sign of life tells.</summary>
    private static string? OwnProblem(ManagerState own, DateTimeOffset now) =>
        own.Problem ?? (now - Written(own) > ManagerGroup.Lease ? "the database does not answer" : null);

    private static ManagerRow Map(ManagerState state, bool isUnknown, DateTimeOffset now) => new(
        state.Manager.Id,
        state.Manager.Name,
        state.Manager.Version,
        DateTimeOffset.FromUnixTimeMilliseconds(state.Manager.StartedAt),
        LastSeen(state, now),
        state.IsSelf,
        state.IsLeader,
        isUnknown ? ManagerConnection.Unknown : state.Problem is null ? ManagerConnection.Ok : ManagerConnection.Failed,
        isUnknown ? null : Reason(state.Problem));

    /// <summary>The clocks of machines may differ, so for another manager that answers only the silence counts, which this one measured.</summary>
    private static DateTimeOffset LastSeen(ManagerState state, DateTimeOffset now)
    {
        var written = Written(state);
        var heard = now - state.Silence;
        return state.IsSelf ? written : state.Problem is null || heard < written ? heard : written;
    }

    private static DateTimeOffset Written(ManagerState state) => DateTimeOffset.FromUnixTimeMilliseconds(state.Manager.SeenAt);

    /// <summary>Without the advice to clients, after a semicolon, to repeat what was not saved.</summary>
    private static string? Reason(string? problem) => problem?.Split(';')[0];
}
