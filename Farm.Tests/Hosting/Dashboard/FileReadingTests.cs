using System.Text;
using Farm.Dashboard.Ports;
using Farm.Server.Operations;
using Farm.Server.Operations.Artifacts;
using Farm.Server.Operations.Files;
using Farm.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farm.Tests.Hosting.Dashboard;

public sealed class FileReadingTests : IAsyncDisposable
{
    private readonly DashboardFarm _farm = new();

    public ValueTask DisposeAsync() => _farm.DisposeAsync();

    [Fact]
    public async Task The_files_of_a_job_are_read_by_the_page_with_the_totals_of_all()
    {
        var job = await _farm.Job("shot", tasks: 2);
        var worker = await _farm.Farm.Awake("node");
        var uploads = new ArtifactUploads(
            _farm.Farm.Store, new ContentStore(_farm.Farm.Store, NullLogger<ContentStore>.Instance), new FixedOptions<FarmLimits>(new FarmLimits()));
        for (var i = 0; i < 2; i++)
        {
            var task = await _farm.Farm.Take(worker);
            foreach (var path in new[] { "a.txt", "b/c.txt" })
            {
                var upload = new ArtifactUpload(worker.Id, task.Uuid, task.AttemptId, path, "text/plain", null);
                await uploads.Take(upload, new MemoryStream(Encoding.UTF8.GetBytes($"{i}")), CancellationToken.None);
            }

            Assert.Equal(i * 2, (await Read(job)).Total);
            await _farm.Farm.Report(worker, task, TaskStatus.Completed);
        }

        var files = await Read(job, offset: 1, limit: 2);
        Assert.Equal([("b/c.txt", "shot-0"), ("a.txt", "shot-1")], files.Rows.Select(file => (file.Path, file.TaskName)));
        Assert.Equal((4, 4L), (files.Total, files.Bytes));
        Assert.Equal($"/api/farm/v1/artifacts/{files.Rows[0].Id:N}", files.Rows[0].Url);
        Assert.Equal($"/api/farm/v1/jobs/{job}/artifacts.tar.gz", files.ArchiveUrl);
        Assert.Equal(0, (await Read(Guid.NewGuid())).Total);
    }

    private Task<JobFiles> Read(Guid job, int offset = 0, int limit = 10) =>
        _farm.Reader.ReadFilesAsync(job, new PageRequest(offset, limit), CancellationToken.None);
}
