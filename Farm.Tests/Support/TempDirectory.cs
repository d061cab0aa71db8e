namespace Farm.Tests.Support;

/// <summary>A directory of a test's own, gone when the test is over.</summary>
internal sealed class TempDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("farm-test-");

    /// <summary>Where it is.</summary>
    public string Path => _directory.FullName;

    /// <summary>The path of something in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose() => _directory.Delete(recursive: true);
}
