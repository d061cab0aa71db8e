using System.Text;
using Farm.Dashboard.Ports;
using Farm.Server.Operations;
using Farm.Server.Operations.Artifacts;
using Farm.Server.Operations.Files;
using Farm.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farm.Tests.Hosting.Dashboard;

public sealed class FileReadingTests : IAsyncDisposableTest
{
    private readonly DashboardFarm _farm = new();

    public ValueTask DisposeAsync() => _farm.DisposeAsync();

    [Fact]
    public async Task A_jobs_files_are_read_page_by_page_with_overall_totals()
    {
        var job = await _farm.JobAsync("shot", tasks: 2);
        var worker = await _farm.Farm.AwakeAsync("node");
        var uploads = new ArtifactUploads(
            _farm.Farm.Store, new ContentStore(_farm.Farm.Store, _farm.Farm.Time, NullLogger<ContentStore>.Instance), new FixedOptions<FarmLimits>(new FarmLimits()));
        for (var i = 0; i < 2; i++)
        {
            var task = await _farm.Farm.TakeAsync(worker);
            foreach (var path in new[] { "a.txt", "b/c.txt" })
            {
                var upload = new ArtifactUpload(worker.Id, task.Uuid, task.AttemptId, path, "text/plain", null);
                await uploads.ReceiveAsync(upload, new MemoryStream(Encoding.UTF8.GetBytes($"{i}")), CancellationToken.None);
            }

            Assert.Equal(i * 2, (await ReadAsync(job)).Total);
            await _farm.Farm.ReportAsync(worker, task, TaskStatus.Completed);
        }

        var files = await ReadAsync(job, offset: 1, limit: 2);
        Assert.Equal([("b/c.txt", "shot-0"), ("a.txt", "shot-1")], files.Rows.Select(file => (file.Path, file.TaskName)));
        Assert.Equal((4, 4L), (files.Total, files.Bytes));
        Assert.Equal($"/api/farm/v1/artifacts/{files.Rows[0].Id:N}", files.Rows[0].Url);
        Assert.Equal($"/api/farm/v1/jobs/{job}/artifacts.tar.gz", files.ArchiveUrl);
        Assert.Equal(0, (await ReadAsync(Guid.NewGuid())).Total);
    }

    private Task<JobFiles> ReadAsync(Guid job, int offset = 0, int limit = 10) =>
        _farm.Reader.ReadFilesAsync(job, new PageRequest(offset, limit), CancellationToken.None);
}
