using Farm.Server.Domain;
using Farm.Server.Domain.Workers;
using Farm.Server.Store.Tables.Workers;
using Farm.Server.Store.Views.Farm;
using Farm.Tests.Support;

namespace Farm.Tests.Store.Views.Farm;

/// <summary>Counts for the whole farm.</summary>
public sealed class FarmCountsViewTests : IAsyncDisposableTest
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StoreFarm _farm;

    public FarmCountsViewTests() => _farm = new StoreFarm(_directory["farm"]);

    [Fact]
    public void An_empty_farm_has_zero_counts()
    {
        Assert.Equal(new FarmFacts(0, 0, 0, 0, 0), _farm.Store.Read(FarmCountsView.Facts));
        Assert.Empty(_farm.Store.Read(FarmCountsView.Jobs));
        Assert.Empty(_farm.Store.Read(FarmCountsView.Workers));
    }

    [Fact]
    public async Task Each_fact_is_counted_separately()
    {
        await _farm.SubmitAsync("misc:1", priority: 60);
        await _farm.SubmitAsync("misc:1");
        await _farm.SubmitAsync("misc:1");
        await _farm.TakeAsync(await _farm.AwakeAsync("busy"));
        var sleeper = await _farm.AwakeAsync("sleeper");
        var gone = await _farm.AwakeAsync("gone");
        await _farm.AwakeAsync("third");
        await _farm.Store.WriteAsync(tx =>
        {
            WorkerTable.SetStatus(tx.Db, sleeper.Id, WorkerStatus.Asleep, null, null, tx.Now);
            WorkerTable.Remove(tx.Db, gone.Id, tx.Now);
        });
        Assert.Equal(new FarmFacts(1, 2, 3, 2, 1), _farm.Store.Read(FarmCountsView.Facts));
        Assert.Equal(
            [new WorkerStatusCount(WorkerStatus.Awake, 2), new WorkerStatusCount(WorkerStatus.Asleep, 1)],
            _farm.Store.Read(FarmCountsView.Workers).OrderByDescending(count => count.Workers));
    }

    public async ValueTask DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }
}
