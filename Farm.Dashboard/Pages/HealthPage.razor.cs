using Farm.Dashboard.Lists;
using Farm.Dashboard.Live;
using Farm.Dashboard.Ports;
using Microsoft.AspNetCore.Components;

namespace Farm.Dashboard.Pages;

/// <summary>The health of the farm: its checks, its database and its managers. It is shown without reading the database, which may be unreachable.</summary>
public partial class HealthPage
{
    /// <summary>Managers are seen more often than that, and no change is reported for it.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private static readonly StatusLook Checking = new("checking", "○", Tone.Waiting);

    private FarmHealth? _health;
    private IReadOnlyList<HealthCheck>? _checks;
    private string? _address;

    [Inject]
    private IFarmHealth Health { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private StatusLook Summary => (_checks, Problems) switch
    {
        (_, > 1) => StatusLook.OfProblem($"{Problems} problems"),
        (_, 1) => StatusLook.OfProblem("1 problem"),
        (null, _) => Checking,
        _ when Warnings > 0 => new StatusLook(Warnings == 1 ? "1 warning" : $"{Warnings} warnings", "!", Tone.Attention),
        _ => new StatusLook("no problems", "✓", Tone.Done),
    };

    private int Problems =>
        (_checks?.Count(check => check.Problem is not null) ?? 0)
        + (_health?.Managers.Count(manager => manager.Connection == ManagerConnection.Failed) ?? 0);

    private int Warnings => _checks?.Count(check => check is { Problem: null, Warning: not null }) ?? 0;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        if (!RendererInfo.IsInteractive) return;
        _ = RepeatAsync(RefreshAsync);
        // Apart from the others, because both may wait for a database that does not answer.
        _ = RepeatAsync(CheckAsync);
        _ = RepeatAsync(ReadAddressAsync);
    }

    protected override Task ReadAsync(CancellationToken cancellationToken)
    {
        _health = Health.Read();
        return Task.CompletedTask;
    }

    protected override bool Concerns(ChangeBatch batch) => batch.Has(FarmChangeKind.Managers);

    private async Task CheckAsync() => _checks = await Health.CheckAsync(Gone);

    private async Task ReadAddressAsync() => _address = await Health.ReadDatabaseAddressAsync(Gone);

    /// <summary>Reads and repaints now and after each interval, until the page is closed.</summary>
    private async Task RepeatAsync(Func<Task> read)
    {
        try
        {
            while (true)
            {
                await InvokeAsync(async () =>
                {
                    await read();
                    StateHasChanged();
                });
                await Task.Delay(Interval, Time, Gone);
            }
        }
        catch (Exception e) when (Gone.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException)
        {
            // The page was closed meanwhile.
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private static bool IsCutOff(FarmHealth health) => health.Managers.Any(manager => manager.Connection == ManagerConnection.Unknown);

    private static string Name(DatabaseKind database) => database == DatabaseKind.Sqlite ? "SQLite" : "PostgreSQL";

    private static string Capitalised(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];
}
