using Farm.Server.Worker;
using Farm.Tests.Worker.Support;

namespace Farm.Tests.Worker.Commands;

public sealed class SmallCommandTests : IDisposable
{
    private readonly CommandFixture _fixture = new();

    [Fact]
    public async Task Echo_logs_its_message_as_JSON()
    {
        await _fixture.RunAsync("echo", new { message = "hello" });
        await _fixture.RunAsync("echo", new { message = new[] { 1, 2 } });
        Assert.Equal(["echo: \"hello\"", "echo: [1,2]"], _fixture.Log);
    }

    [Fact]
    public async Task Sleep_logs_its_duration()
    {
        await _fixture.RunAsync("sleep", new { duration_in_seconds = 0 });
        Assert.Equal(["slept 0s"], _fixture.Log);
    }

    [Fact]
    public async Task Sleep_ends_immediately_when_canceled()
    {
        using var cancelled = new CancellationTokenSource();
        var sleeping = _fixture.RunAsync("sleep", new { duration_in_seconds = 100_000 }, cancellationToken: cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sleeping);
        Assert.Empty(_fixture.Log);
    }

    [Theory]
    [InlineData("{}", "parameter 'duration_in_seconds' is missing")]
    [InlineData("{'duration_in_seconds':'soon'}", "parameter 'duration_in_seconds' is not a number")]
    [InlineData("{'duration_in_seconds':-1}", "cannot sleep -1 seconds")]
    [InlineData("{'duration_in_seconds':1e300}", "cannot sleep 1E+300 seconds")]
    public async Task Sleep_rejects_an_invalid_duration(string parameters, string problem)
    {
        var error = await Assert.ThrowsAsync<TaskCommandException>(() => _fixture.RunAsync("sleep", parameters));
        Assert.Equal(problem, error.Message);
    }

    [Fact]
    public async Task An_unknown_command_fails()
    {
        var error = await _fixture.FailAsync("dance", new { });
        Assert.Equal("unknown command 'dance'", error.Message);
    }

    [Fact]
    public async Task Make_directory_creates_parents_and_accepts_an_existing_directory()
    {
        var path = _fixture.Directory.File("a/b/c");
        await _fixture.RunAsync("make-directory", new { path });
        await _fixture.RunAsync("make-directory", new { path });
        Assert.True(Directory.Exists(path));
        Assert.Equal([$"make-directory: created {path}", $"make-directory: {path} already exists"], _fixture.Log);
    }

    [Fact]
    public async Task Move_directory_renames_an_existing_destination()
    {
        var (source, destination) = (_fixture.Directory.File("tmp"), _fixture.Directory.File("final"));
        Directory.CreateDirectory(source);
        Directory.CreateDirectory(destination);
        File.WriteAllText(Path.Combine(source, "x"), "new");
        File.WriteAllText(Path.Combine(destination, "x"), "old");
        Directory.SetLastWriteTime(destination, new DateTime(2025, 1, 2, 10, 0, 0));

        await _fixture.RunAsync("move-directory", new { src = source, dest = destination });

        Assert.Equal("new", File.ReadAllText(Path.Combine(destination, "x")));
        Assert.Equal("old", File.ReadAllText(Path.Combine(destination + "-2025-01-02_100000", "x")));
        Assert.False(Directory.Exists(source));
    }

    [Fact]
    public async Task Move_directory_without_a_source_fails_and_keeps_the_destination()
    {
        var destination = _fixture.Directory.File("final");
        Directory.CreateDirectory(destination);
        await _fixture.FailAsync("move-directory", new { src = _fixture.Directory.File("none"), dest = destination });
        Assert.True(Directory.Exists(destination));
    }

    [Fact]
    public async Task Copy_file_copies_and_leaves_no_temporary_file()
    {
        var (source, destination) = (_fixture.Directory.File("a.exr"), _fixture.Directory.File("sub/b.exr"));
        File.WriteAllText(source, "pixels");
        await _fixture.RunAsync("copy-file", new { src = source, dest = destination });
        Assert.Equal("pixels", File.ReadAllText(destination));
        Assert.Equal([destination], Directory.GetFiles(_fixture.Directory.File("sub")));
    }

    [Fact]
    public async Task Copy_file_never_overwrites()
    {
        var (source, destination) = (_fixture.Directory.File("a"), _fixture.Directory.File("b"));
        File.WriteAllText(source, "new");
        File.WriteAllText(destination, "old");
        var error = await _fixture.FailAsync("copy-file", new { src = source, dest = destination });
        Assert.Equal($"{destination} already exists", error.Message);
        Assert.Equal("old", File.ReadAllText(destination));
    }

    [Fact]
    public async Task Copy_file_requires_absolute_paths()
    {
        var error = await _fixture.FailAsync("copy-file", new { src = "a", dest = _fixture.Directory.File("b") });
        Assert.Equal("parameter 'src' is not an absolute path: a", error.Message);
    }

    public void Dispose() => _fixture.Dispose();
}
