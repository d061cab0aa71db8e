using Farm.Server.Domain;

namespace Farm.Tests.Contracts.Flamenco.Operations.Shaman;

public sealed class ShamanCheckoutsTests : IDisposable
{
    private readonly ShamanFixture _farm = new();

    public void Dispose() => _farm.Dispose();

    [Fact]
    public async Task Links_are_relative_so_that_the_storage_may_be_mounted_elsewhere()
    {
        if (OperatingSystem.IsWindows()) return; // Where links need rights that tests do not have.
        await _farm.SendAsync(new SampleFile("x"));
        _farm.CheckOut("a/b", new SampleFile("x", "deep/file.txt"));
        var moved = _farm.Outside("moved");
        Directory.Move(_farm.Storage.Root, moved);

        var file = Path.Combine(moved, "jobs/a/b/deep/file.txt");
        Assert.StartsWith("../../../../file-store/stored/", new FileInfo(file).LinkTarget);
        Assert.Equal("x", File.ReadAllText(file));
    }

    [Fact]
    public async Task A_taken_name_gets_a_suffix_and_the_existing_checkout_stays()
    {
        await _farm.SendAsync(new SampleFile("x"));
        Directory.CreateDirectory(_farm.InCheckouts("shot"));
        File.WriteAllText(_farm.InCheckouts("shot/mine"), "mine");

        var path = _farm.CheckOut("shot", new SampleFile("x")).Path!;

        Assert.Matches("^shot-[a-z0-9]{4}$", path);
        Assert.Equal("x", File.ReadAllText(_farm.InCheckouts($"{path}/file.txt")));
        Assert.Equal([_farm.InCheckouts("shot/mine")], Directory.GetFileSystemEntries(_farm.InCheckouts("shot")));
    }

    [Fact]
    public async Task A_failed_checkout_leaves_nothing_behind()
    {
        await _farm.SendAsync(new SampleFile("x"));
        Assert.Equal("shot", _farm.CheckOut("shot", new SampleFile("x")).Path);

        var refused = _farm.CheckOut("shot", new SampleFile("x"), new SampleFile("never sent", "other.txt"));

        Assert.Null(refused.Path);
        Assert.Equal([new SampleFile("never sent").Key], refused.Missing);
        Assert.Equal("x", File.ReadAllText(_farm.InCheckouts("shot/file.txt")));
        Assert.Equal([_farm.InCheckouts("shot")], Directory.GetDirectories(_farm.Storage.Checkouts));
        Assert.Empty(_farm.Unfinished());
    }

    [Fact]
    public async Task Sixteen_concurrent_checkouts_with_one_name_get_sixteen_directories()
    {
        await _farm.SendAsync(new SampleFile("x"));

        var paths = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => _farm.CheckOut("shot", new SampleFile("x")).Path!)));

        Assert.Equal(16, paths.Distinct().Count());
        Assert.Equal(paths.Order(), Directory.GetDirectories(_farm.Storage.Checkouts).Select(path => Path.GetFileName(path)!).Order());
    }

    [Fact]
    public async Task A_link_out_of_the_storage_is_not_followed()
    {
        if (OperatingSystem.IsWindows()) return; // Where links need rights that tests do not have.
        await _farm.SendAsync(new SampleFile("x"));
        Directory.CreateDirectory(_farm.Outside("elsewhere"));
        Directory.CreateSymbolicLink(_farm.InCheckouts("out"), _farm.Outside("elsewhere"));

        var refusal = Assert.Throws<FarmException>(() => _farm.CheckOut("out/shot", new SampleFile("x")));

        Assert.Equal(ErrorKind.Invalid, refusal.Kind);
        Assert.Empty(Directory.GetFileSystemEntries(_farm.Outside("elsewhere")));
    }

    [Fact]
    public async Task A_checkout_cannot_be_created_below_a_file()
    {
        await _farm.SendAsync(new SampleFile("x"));
        File.WriteAllText(_farm.InCheckouts("file"), "");

        Assert.Equal(ErrorKind.Conflict, Assert.Throws<FarmException>(() => _farm.CheckOut("file/shot", new SampleFile("x"))).Kind);
    }

    [Fact]
    public async Task Removing_a_checkout_removes_job_output_and_empty_parent_directories()
    {
        await _farm.SendAsync(new SampleFile("x"));
        _farm.CheckOut("project/shot", new SampleFile("x"));
        File.WriteAllText(_farm.InCheckouts("project/shot/cache"), "cache");

        _farm.Checkouts.Remove("project/shot");

        Assert.Empty(Directory.GetFileSystemEntries(_farm.Storage.Checkouts));
        Assert.Empty(_farm.Unfinished());
        Assert.True(File.Exists(_farm.Storage.PathOf(new SampleFile("x").Key)));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("..")]
    [InlineData("mine")]
    [InlineData("not-there")]
    [InlineData("link")]
    public async Task A_directory_that_is_not_a_checkout_is_never_removed(string path)
    {
        if (OperatingSystem.IsWindows()) return; // Where links need rights that tests do not have.
        await _farm.SendAsync(new SampleFile("x"));
        _farm.CheckOut("shot", new SampleFile("x"));
        Directory.CreateDirectory(_farm.InCheckouts("mine"));
        File.WriteAllText(_farm.InCheckouts("mine/film.mp4"), "film");
        Directory.CreateDirectory(Path.Combine(_farm.Storage.Root, "outside"));
        Directory.CreateSymbolicLink(_farm.InCheckouts("link"), "shot");
        var before = Directory.GetFileSystemEntries(_farm.Storage.Root, "*", SearchOption.AllDirectories).Order();

        _farm.Checkouts.Remove(path);

        Assert.Equal(before, Directory.GetFileSystemEntries(_farm.Storage.Root, "*", SearchOption.AllDirectories).Order());
    }
}
