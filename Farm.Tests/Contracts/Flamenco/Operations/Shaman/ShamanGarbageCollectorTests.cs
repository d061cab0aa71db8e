using Farm.Server.Contracts.Flamenco.Domain;

namespace Farm.Tests.Contracts.Flamenco.Operations.Shaman;

public sealed class ShamanGarbageCollectorTests : IDisposable
{
    private static readonly SampleFile Sample = new("x");
    private readonly ShamanFixture _farm = new();

    public void Dispose() => _farm.Dispose();

    [Fact]
    public async Task An_unlinked_file_is_removed_after_its_maximum_age()
    {
        await _farm.SendAsync(Sample);

        Collect(TimeSpan.FromDays(31));
        Assert.Equal(FileStatus.Stored, _farm.StatusOf(Sample));
        Collect(TimeSpan.FromSeconds(1));
        Assert.Equal(FileStatus.Unknown, _farm.StatusOf(Sample));
        Assert.False(Directory.Exists(Path.GetDirectoryName(_farm.Storage.PathOf(Sample.Key))));
    }

    [Fact]
    public async Task A_linked_file_stays_until_its_checkout_is_removed()
    {
        if (OperatingSystem.IsWindows()) return; // Where links need rights that tests do not have.
        await _farm.SendAsync(Sample);
        _farm.CheckOut("shot", Sample);

        Collect(TimeSpan.FromDays(100));
        Assert.Equal("x", File.ReadAllText(_farm.InCheckouts("shot/file.txt")));
        _farm.Checkouts.Remove("shot");
        Collect(TimeSpan.Zero);
        Assert.Equal(FileStatus.Unknown, _farm.StatusOf(Sample));
    }

    [Fact]
    public async Task Links_in_a_moved_checkout_count_too()
    {
        if (OperatingSystem.IsWindows()) return; // Where links need rights that tests do not have.
        await _farm.SendAsync(Sample);
        _farm.CheckOut("shot", Sample);
        Directory.Move(_farm.InCheckouts("shot"), _farm.InCheckouts("renamed"));

        Collect(TimeSpan.FromDays(100));

        Assert.Equal("x", File.ReadAllText(_farm.InCheckouts("renamed/file.txt")));
    }

    [Fact]
    public async Task Querying_requirements_keeps_the_files()
    {
        await _farm.SendAsync(Sample);
        _farm.Time.Advance(TimeSpan.FromDays(30));
        Assert.Empty(_farm.Checkouts.Requirements([Sample.AsFile]));

        Collect(TimeSpan.FromDays(30));
        Assert.Equal(FileStatus.Stored, _farm.StatusOf(Sample));
        Collect(TimeSpan.FromDays(2));
        Assert.Equal(FileStatus.Unknown, _farm.StatusOf(Sample));
    }

    [Fact]
    public async Task Uploading_a_stored_file_keeps_it()
    {
        await _farm.SendAsync(Sample);
        _farm.Time.Advance(TimeSpan.FromDays(30));
        await _farm.SendAsync(Sample);

        Collect(TimeSpan.FromDays(30));

        Assert.Equal(FileStatus.Stored, _farm.StatusOf(Sample));
    }

    [Fact]
    public async Task A_pinned_file_stays_at_any_age()
    {
        await _farm.SendAsync(Sample);
        using (_farm.Files.Pin([Sample.Key], out _))
        {
            Collect(TimeSpan.FromDays(100));
            Assert.Equal(FileStatus.Stored, _farm.StatusOf(Sample));
        }

        Collect(TimeSpan.Zero);
        Assert.Equal(FileStatus.Unknown, _farm.StatusOf(Sample));
    }

    [Fact]
    public async Task Nothing_is_removed_while_the_checkouts_are_missing()
    {
        await _farm.SendAsync(Sample);
        Directory.Move(_farm.Storage.Checkouts, _farm.Outside("unmounted"));

        Collect(TimeSpan.FromDays(100));

        Assert.Equal(FileStatus.Stored, _farm.StatusOf(Sample));
    }

    [Fact]
    public async Task Unfinished_files_of_a_crash_are_removed_and_stored_files_stay()
    {
        await _farm.SendAsync(Sample);
        Directory.CreateDirectory(Path.Combine(_farm.Storage.Uploading, "checkout-9.tmp"));
        File.WriteAllText(Path.Combine(_farm.Storage.Uploading, "half.tmp"), "half");

        _farm.Garbage.RemoveUnfinished();

        Assert.Empty(_farm.Unfinished());
        Assert.Equal(FileStatus.Stored, _farm.StatusOf(Sample));
        Assert.Equal("shot", _farm.CheckOut("shot", Sample).Path);
    }

    private void Collect(TimeSpan after)
    {
        _farm.Time.Advance(after);
        _farm.Garbage.Collect();
    }
}
