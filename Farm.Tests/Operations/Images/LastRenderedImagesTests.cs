using Farm.Server.Operations;
using Farm.Server.Operations.Images;
using Farm.Server.Operations.Images.Inspection;
using Farm.Tests.Operations.Images.Inspection;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Images;

public class LastRenderedImagesTests
{
    [Fact]
    public async Task A_new_image_replaces_the_waiting_one_of_the_same_job()
    {
        var gate = new Gate();
        await using var farm = new ImageFixture(whenStored: gate.PassAsync);
        await gate.OccupyAsync(farm);
        await farm.SendAsync(SampleImages.Png(1, 1));
        await farm.SendAsync(SampleImages.Png(2, 2));
        await farm.SendAsync(SampleImages.Png(3, 3));
        Assert.Single(Directory.GetFiles(farm.Incoming, $"{farm.Job}*"));

        gate.Open();

        await farm.NextStoredAsync();
        Assert.Equal(farm.Job, (await farm.NextStoredAsync()).JobId);
        Assert.Equal((3, 3), farm.SizeOf(farm.Job));
        await farm.Service.StopAsync(default);
        Assert.True(farm.NothingMoreStored);
        Assert.Equal((0, 0L), farm.Service.Load);
    }

    [Fact]
    public async Task A_burst_for_many_jobs_is_limited_for_the_farm()
    {
        await using var farm = new ImageFixture();
        var image = SampleImages.Png(6000, 4000);
        var outcomes = new List<ImageOutcome>();
        for (var i = 0; i < 24; i++)
            outcomes.Add((await farm.SendAsync(image, job: Guid.CreateVersion7())).Outcome);

        Assert.Equal(8, outcomes.Count(outcome => outcome == ImageOutcome.Accepted));
        Assert.Equal(16, outcomes.Count(outcome => outcome == ImageOutcome.Full));
    }

    [Fact]
    public async Task A_burst_for_one_job_is_limited_and_leaves_room_for_others()
    {
        await using var farm = new ImageFixture();
        var image = SampleImages.Png(600, 400);
        var outcomes = new List<ImageOutcome>();
        for (var i = 0; i < 24; i++)
            outcomes.Add((await farm.SendAsync(image)).Outcome);

        Assert.Equal(4, outcomes.Count(outcome => outcome == ImageOutcome.Accepted));
        Assert.Equal(ImageOutcome.Accepted, (await farm.SendAsync(image, job: Guid.CreateVersion7())).Outcome);
    }

    [Fact]
    public async Task The_byte_limit_does_not_apply_to_a_single_image()
    {
        await using var farm = new ImageFixture(settings => settings with { MaxBytes = 10 });
        var image = SampleImages.Png(5, 5);
        Assert.Equal(ImageOutcome.Accepted, (await farm.SendAsync(image)).Outcome);
        Assert.Equal(ImageOutcome.Full, (await farm.SendAsync(image, job: Guid.CreateVersion7())).Outcome);
    }

    [Fact]
    public async Task The_body_is_not_read_when_the_queue_is_full()
    {
        await using var farm = new ImageFixture(settings => settings with { MaxImages = 0 });
        var body = new MemoryStream(SampleImages.Jpeg());
        var receipt = await farm.Service.ReceiveAsync(farm.Job, null, body, body.Length, default);
        Assert.Equal(ImageOutcome.Full, receipt.Outcome);
        Assert.Equal(0, body.Position);
    }

    [Fact]
    public async Task A_body_that_is_not_an_image_is_rejected_and_leaves_nothing_behind()
    {
        await using var farm = new ImageFixture();
        var receipt = await farm.SendAsync("not an image"u8.ToArray());
        Assert.Equal(ImageOutcome.Rejected, receipt.Outcome);
        Assert.Equal(ImageFault.NotAnImage, receipt.Fault);
        Assert.Empty(Directory.GetFiles(farm.Incoming));
        Assert.Equal((0, 0L), farm.Service.Load);
    }

    [Fact]
    public async Task A_truncated_body_leaves_nothing_behind()
    {
        await using var farm = new ImageFixture();
        var image = SampleImages.Jpeg();
        var receipt = await farm.Service.ReceiveAsync(farm.Job, null, new MemoryStream(image), image.Length + 1, default);
        Assert.Equal(ImageOutcome.Incomplete, receipt.Outcome);
        Assert.Empty(Directory.GetFiles(farm.Incoming));
        Assert.Equal((0, 0L), farm.Service.Load);
    }

    [Fact]
    public async Task A_full_disk_is_reported_and_leaves_nothing_behind()
    {
        if (!OperatingSystem.IsLinux())
            return; // Only Linux has /dev/full.
        await using var farm = new ImageFixture(createFile: path =>
        {
            File.CreateSymbolicLink(path, "/dev/full");
            return new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0);
        });
        await Assert.ThrowsAsync<StorageFullException>(() => farm.SendAsync(SampleImages.Jpeg()));
        Assert.Empty(Directory.GetFiles(farm.Incoming));
        Assert.Equal((0, 0L), farm.Service.Load);
    }

    [Fact]
    public async Task Leftovers_of_a_crash_are_removed_at_startup()
    {
        await using var farm = new ImageFixture();
        await File.WriteAllTextAsync(Path.Combine(farm.Incoming, "left"), "half an image");
        await farm.Service.StartAsync(default);
        Assert.Empty(Directory.GetFiles(farm.Incoming));
    }

    [Fact]
    public async Task Images_that_another_manager_received_are_kept_at_startup_until_they_are_old()
    {
        await using var farm = new ImageFixture(settings => settings with { IsShared = true });
        var (fresh, old) = (Path.Combine(farm.Incoming, "fresh"), Path.Combine(farm.Incoming, "old"));
        File.WriteAllText(fresh, "");
        File.WriteAllText(old, "");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-2));
        await farm.Service.StartAsync(default);
        Assert.Equal([fresh], Directory.GetFiles(farm.Incoming));
    }

    [PostgresFact]
    public async Task An_image_of_a_job_that_another_manager_deleted_is_removed()
    {
        using var temporary = new TemporaryDirectory();
        await using var farm = new StoreFarm(temporary["farm"], database: TestDatabase.Postgres(temporary["farm"]));
        var job = Guid.CreateVersion7();
        var directory = JobDirectory.Of(farm.Directory.Artifacts, job);
        Directory.CreateDirectory(directory);
        await TaskImages.RememberAsync(farm.Store, new ImageStored(job, null));
        Assert.False(Directory.Exists(directory));
    }

    [Fact]
    public async Task A_dropped_jobs_image_is_not_stored()
    {
        var gate = new Gate();
        await using var farm = new ImageFixture(whenStored: gate.PassAsync);
        await gate.OccupyAsync(farm);
        var other = Guid.CreateVersion7();
        await farm.SendAsync(SampleImages.Jpeg());
        await farm.SendAsync(SampleImages.Jpeg(), job: other);

        await farm.Service.DropAsync(farm.Job);
        gate.Open();

        await farm.NextStoredAsync();
        Assert.Equal(other, (await farm.NextStoredAsync()).JobId);
        Assert.False(File.Exists(farm.FileOf(farm.Job)));
    }

    [Fact]
    public async Task Dropping_a_job_waits_for_the_image_being_processed()
    {
        var gate = new Gate();
        await using var farm = new ImageFixture(whenStored: gate.PassAsync);
        var inWork = await gate.OccupyAsync(farm);

        var dropping = farm.Service.DropAsync(inWork);
        Assert.False(dropping.IsCompleted);
        gate.Open();
        await dropping.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_failing_callback_does_not_stop_the_next_image()
    {
        var first = true;
        await using var farm = new ImageFixture(whenStored: _ =>
        {
            if (!first)
                return Task.CompletedTask;
            first = false;
            throw new InvalidOperationException("no such job");
        });
        await farm.Service.StartAsync(default);
        await farm.SendAsync(SampleImages.Jpeg());
        var other = Guid.CreateVersion7();
        await farm.SendAsync(SampleImages.Jpeg(), job: other);
        Assert.Equal(other, (await farm.NextStoredAsync()).JobId);
    }
}
