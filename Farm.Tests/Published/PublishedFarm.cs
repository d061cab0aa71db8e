using System.Diagnostics;
using System.Runtime.InteropServices;
using Farm.Tests.Browser.Support;
using Farm.Tests.Support;

namespace Farm.Tests.Published;

/// <summary>The published file, built once by the repository's script for all tests of the collection.</summary>
public sealed class PublishedFarm : IAsyncLifetime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(15);

    private readonly TemporaryDirectory _output = new();

    /// <summary>The output directory of the script.</summary>
    public string Directory => _output[Platform!];

    /// <summary>The file.</summary>
    public string File => Path.Combine(Directory, OperatingSystem.IsWindows() ? "farm.exe" : "farm");

    /// <summary>The platform to publish for on this machine; null if the scripts do not support it.</summary>
    internal static string? Platform => RuntimeInformation.OSArchitecture != System.Runtime.InteropServices.Architecture.X64 ? null
        : OperatingSystem.IsLinux() ? "linux-x64"
        : OperatingSystem.IsWindows() ? "win-x64" : null;

    public Task InitializeAsync() => Platform is null ? Task.CompletedTask : PublishAsync(Platform, _output.Path);

    public Task DisposeAsync()
    {
        _output.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Runs the script.</summary>
    internal static async Task PublishAsync(string platform, string output)
    {
        var root = Root();
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("powershell", ["-ExecutionPolicy", "Bypass", "-File", Path.Combine(root, "publish.ps1"), "-Output", output, platform])
            : new ProcessStartInfo("sh", [Path.Combine(root, "publish.sh"), "--output", output, platform]);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        // The environment of the test build must not affect this one.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        // A build server that keeps running would hold the pipes open after the script ends.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        using var script = Process.Start(start)!;
        try
        {
            var said = Task.WhenAll(script.StandardOutput.ReadToEndAsync(), script.StandardError.ReadToEndAsync());
            await Task.WhenAll(said, script.WaitForExitAsync()).WaitAsync(Timeout);
            Assert.True(script.ExitCode == 0, string.Join('\n', await said));
        }
        finally
        {
            if (!script.HasExited) script.Kill(entireProcessTree: true);
        }
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !System.IO.File.Exists(Path.Combine(directory.FullName, "Farm.sln"))) directory = directory.Parent;
        return directory?.FullName ?? throw new DirectoryNotFoundException($"There is no Farm.sln above {AppContext.BaseDirectory}");
    }
}

/// <summary>Tests of the published file. They run after all others because publishing needs all of a small machine.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PublishedCollection : ICollectionFixture<PublishedFarm>, ICollectionFixture<SharedBrowser>
{
    public const string Name = "Published";
}
