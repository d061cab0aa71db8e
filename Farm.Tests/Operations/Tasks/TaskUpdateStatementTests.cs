using Farm.Server.Operations.Tasks;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Tasks;

/// <summary>The number of statements that worker calls run in the write transaction, which limits the throughput of every farm.</summary>
public sealed class TaskUpdateStatementTests : IAsyncDisposableTest
{
    /// <summary>The statements that begin and end the transaction and the call's savepoint.</summary>
    private const int Framing = 4;

    private readonly TemporaryDirectory _directory = new();
    private readonly StoreFarm _farm;

    public TaskUpdateStatementTests() => _farm = new StoreFarm(_directory["farm"]);

    [SqliteTheory]
    [InlineData(null, 4)]
    [InlineData("active", 4)]
    [InlineData("completed", 7)]
    [InlineData("failed", 15)]
    public async Task A_task_report_runs_a_fixed_number_of_statements(string? status, int statements)
    {
        await _farm.SubmitAsync("misc:100");
        var worker = await _farm.AwakeAsync("w");
        await _farm.AwakeAsync("other");
        await _farm.TakeAsync(worker);
        await _farm.ReportAsync(worker, await _farm.TakeAsync(worker), TaskStatus.Completed);
        var task = await _farm.TakeAsync(worker);
        var db = await _farm.Store.WriteAsync(tx => tx.Db);
        var before = db.StatementsRun;
        TaskStatus? to = status is null ? null : Enum.Parse<TaskStatus>(status, ignoreCase: true);
        await _farm.Reports.ApplyAsync(worker.Id, task.Uuid, task.AttemptId, new TaskReport(to, "done", "a line of the log", 3));
        Assert.Equal(statements, db.StatementsRun - before - Framing);
    }

    [SqliteFact]
    public async Task Handing_out_a_task_runs_a_fixed_number_of_statements()
    {
        await _farm.SubmitAsync("misc:100");
        var worker = await _farm.AwakeAsync("w");
        await _farm.ReportAsync(worker, await _farm.TakeAsync(worker), TaskStatus.Completed);
        var db = await _farm.Store.WriteAsync(tx => tx.Db);
        var before = db.StatementsRun;
        await _farm.TakeAsync(worker);
        Assert.Equal(9, db.StatementsRun - before - Framing);
    }

    public async ValueTask DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }
}
