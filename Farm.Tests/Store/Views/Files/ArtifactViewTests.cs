using Farm.Server.Domain.Artifacts;
using Farm.Server.Store.Tables.Files;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Views.Files;
using Farm.Tests.Support;

namespace Farm.Tests.Store.Views.Files;

/// <summary>Files become visible when their task completes.</summary>
public sealed class ArtifactViewTests : IAsyncDisposableTest
{
    private const string Sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private readonly TemporaryDirectory _directory = new();
    private readonly StoreFarm _farm;

    public ArtifactViewTests() => _farm = new StoreFarm(_directory["farm"]);

    [Fact]
    public async Task Files_become_visible_with_all_details_when_the_task_completes()
    {
        var job = await _farm.SubmitAsync("misc:1");
        var worker = await _farm.AwakeAsync("node");
        var task = await _farm.TakeAsync(worker);
        var (row, uuid) = (_farm.Task(job, 0), Guid.CreateVersion7());
        await _farm.Store.WriteAsync(tx =>
        {
            StoredFileTable.Upsert(tx.Db, Sha256, 7, tx.Now);
            ArtifactTable.Insert(tx.Db, new NewArtifactRow(uuid, row.JobId, row.Id, task.AttemptId, "a/b.png", 7, Sha256, "image/png"), tx.Now);
        });
        Assert.Null(Find(uuid));
        Assert.Equal(new FileTotals(0, 0), Totals(row.JobId));
        Assert.Equal(new FileTotals(1, 7), _farm.Store.Read(db => ArtifactTable.TotalOfJob(db, row.JobId)));
        await _farm.ReportAsync(worker, task, TaskStatus.Completed);
        var file = Find(uuid)!;
        Assert.Equal(
            (job, row.Uuid, row.Name, 0, "a/b.png", 7L, Sha256, "image/png"),
            (file.Job, file.Task, file.TaskName, file.TaskIndex, file.Path, file.Size, file.Sha256, file.MediaType));
        Assert.Equal(new FileTotals(1, 7), Totals(row.JobId));
        Assert.Equal([file], _farm.Store.Read(db => ArtifactView.OfTask(db, row.Id)));
        Assert.Equal([file], _farm.Store.Read(db => ArtifactView.OfJob(db, JobTable.ByUuid(db, job)!.Id, 10, 0)));
        Assert.Empty(_farm.Store.Read(db => ArtifactView.OfJob(db, row.JobId, 10, 1)));
    }

    public async ValueTask DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }

    private Server.Domain.Artifacts.Artifact? Find(Guid uuid) => _farm.Store.Read(db => ArtifactView.Find(db, uuid));

    private FileTotals Totals(long job) => _farm.Store.Read(db => ArtifactView.Totals(db, job));
}
