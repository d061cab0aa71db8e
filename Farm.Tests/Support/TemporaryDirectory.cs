namespace Farm.Tests.Support;

/// <summary>An empty directory for one test, deleted afterwards.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("farm-test-").FullName;

    /// <summary>The path of an entry in the directory, which need not exist.</summary>
    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    public void Dispose()
    {
        TestDatabase.DropBelow(Path);
        Directory.Delete(Path, recursive: true);
    }
}
