using Farm.Server.Operations.Files;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Files;

public sealed class SafePathTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string _root;

    public SafePathTests()
    {
        _root = _directory["root"];
        Directory.CreateDirectory(Path.Combine(_root, "job-1"));
        File.WriteAllText(Path.Combine(_root, "job-1", "log.txt"), "log");
        File.WriteAllText(_directory["secret.txt"], "secret");
    }

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("job-1/log.txt")]
    [InlineData("job-1/not-there.txt")]
    [InlineData("..job/...x")]
    [InlineData("ünïcode/a b")]
    public void A_path_below_the_root_is_resolved(string relative) =>
        Assert.EndsWith(Path.Combine("root", relative.Replace('/', Path.DirectorySeparatorChar)), SafePath.Resolve(_root, relative));

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../secret.txt")]
    [InlineData("job-1/../../secret.txt")]
    [InlineData("job-1/./log.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("//server/share")]
    [InlineData("job-1//log.txt")]
    [InlineData("job-1/")]
    [InlineData("C:/Windows")]
    [InlineData("c:secret.txt")]
    [InlineData("..\\secret.txt")]
    [InlineData("job-1\\log.txt")]
    [InlineData("job-1/log.txt\0.png")]
    [InlineData("job-1/\nlog.txt")]
    [InlineData("job-1/log.txt.")]
    [InlineData("job-1 /log.txt")]
    public void A_path_not_clearly_below_the_root_is_rejected_with_a_reason(string relative)
    {
        Assert.Null(SafePath.Resolve(_root, relative, out var reason));
        Assert.NotEmpty(reason);
    }

    [Fact]
    public void A_path_that_is_too_long_is_rejected() => Assert.Null(SafePath.Resolve(_root, new string('a', 5000)));

    [Fact]
    public void A_link_out_of_the_root_is_rejected()
    {
        File.CreateSymbolicLink(Path.Combine(_root, "file-link"), _directory["secret.txt"]);
        Directory.CreateSymbolicLink(Path.Combine(_root, "directory-link"), _directory.Path);
        File.CreateSymbolicLink(Path.Combine(_root, "relative-link"), "../secret.txt");
        foreach (var relative in (string[])["file-link", "directory-link/secret.txt", "directory-link/new", "relative-link"])
        {
            Assert.Null(SafePath.Resolve(_root, relative, out var reason));
            Assert.Contains("link", reason);
        }
    }

    [Fact]
    public void A_link_out_of_the_root_through_a_second_link_is_rejected()
    {
        Directory.CreateSymbolicLink(Path.Combine(_root, "first"), "second");
        Directory.CreateSymbolicLink(Path.Combine(_root, "second"), "..");
        Assert.Null(SafePath.Resolve(_root, "first/secret.txt"));
    }

    [Fact]
    public void A_link_to_a_sibling_directory_with_the_roots_name_as_prefix_is_rejected()
    {
        Directory.CreateDirectory(_root + "-other");
        Directory.CreateSymbolicLink(Path.Combine(_root, "link"), _root + "-other");
        Assert.Null(SafePath.Resolve(_root, "link/file"));
    }

    [Fact]
    public void A_link_within_the_root_is_followed()
    {
        Directory.CreateSymbolicLink(Path.Combine(_root, "link"), "job-1");
        Assert.EndsWith(Path.Combine("job-1", "log.txt"), SafePath.Resolve(_root, "link/log.txt"));
    }

    [Fact]
    public void The_root_can_be_a_link()
    {
        Directory.CreateSymbolicLink(_directory["alias"], _root);
        Assert.NotNull(SafePath.Resolve(_directory["alias"], "job-1/log.txt"));
    }

    [Fact]
    public void Cyclic_links_are_rejected()
    {
        File.CreateSymbolicLink(Path.Combine(_root, "a"), "b");
        File.CreateSymbolicLink(Path.Combine(_root, "b"), "a");
        Assert.Null(SafePath.Resolve(_root, "a"));
    }
}
