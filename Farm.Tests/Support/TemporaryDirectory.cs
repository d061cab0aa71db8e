namespace Farm.Tests.Support;

/// <summary>An empty directory of a test's own, deleted at its end.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("farm-test-").FullName;

    /// <summary>The path of an entry below it, whether it exists or not.</summary>
    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
